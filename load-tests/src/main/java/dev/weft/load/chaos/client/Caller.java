package dev.weft.load.chaos.client;

import dev.weft.wamp.CancelMode;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Calls at its pace: most calls are plain, others take time, tell progress, fail, are cancelled or time out. */
final class Caller extends Actor {
    private static final int LEAST_MILLIS = 30;
    private static final int MOST_MILLIS = 70;
    private static final int MOST_IN_FLIGHT = 16;

    private final int callees;
    private final Set<Long> inFlight = new HashSet<>();

    /** @param callees how many there are */
    Caller(Stage stage, int home, SplittableRandom random, int callees) {
        super(stage, home, random);
        this.callees = callees;
    }

    @Override
    void joined(Session joined) {
        inFlight.clear();
        after(LEAST_MILLIS, MOST_MILLIS, this::call);
    }

    @Override
    public void callEnded(long request, String error) {
        inFlight.remove(request);
    }

    private void call() {
        Session session = session();
        if (session == null || stage().isQuiet()) {
            return;
        }
        if (inFlight.size() < MOST_IN_FLIGHT) {
            String procedure = random().nextBoolean()
                    ? Names.shared(random().nextInt(Names.SHARED_PROCEDURES))
                    : Names.own(random().nextInt(callees));
            call(session, procedure, random().nextInt(100));
        }
        after(LEAST_MILLIS, MOST_MILLIS, this::call);
    }

    /** @param chance below 100 */
    private void call(Session session, String procedure, int chance) {
        if (chance < 60) {
            inFlight.add(session.call(procedure, Task.ECHO, 0));
        } else if (chance < 70) {
            inFlight.add(session.call(procedure, new Task(Task.Kind.ECHO, random().nextInt(1, 200), 0), 0));
        } else if (chance < 80) {
            int steps = random().nextInt(1, 6);
            inFlight.add(session.call(procedure, new Task(Task.Kind.ECHO, random().nextInt(1, 30), steps), 0));
        } else if (chance < 85) {
            inFlight.add(session.call(procedure, new Task(Task.Kind.FAIL, random().nextInt(20), 0), 0));
        } else if (chance < 92) {
            inFlight.add(session.call(procedure, Task.NEVER, random().nextInt(50, 500)));
        } else {
            callAndCancel(session, procedure);
        }
    }

    private void callAndCancel(Session session, String procedure) {
        int millis = random().nextInt(0, 100);
        long request = session.call(procedure, new Task(Task.Kind.ECHO, 2 * millis, random().nextInt(3)), 0);
        inFlight.add(request);
        CancelMode mode = CancelMode.values()[random().nextInt(CancelMode.values().length)];
        after(millis, millis, () -> {
            if (inFlight.contains(request)) {
                session.cancel(request, mode);
            }
        });
    }
}
