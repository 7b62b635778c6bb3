package dev.weft.load.chaos.client;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MessageType;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Holds a procedure of its own and some that are shared, and answers as the caller asks. */
final class Callee extends Actor {
    /** What a task of the kind FAIL ends with. */
    static final String TOLD_ERROR = "chaos.error.told";

    static final String CANCELED = "wamp.error.canceled";

    private static final int RETRY_MILLIS = 250;

    private final int number;

    /** What was asked for and is not granted yet, by request. */
    private final Map<Long, String> wanted = new HashMap<>();

    /** Invocations that have not been answered. */
    private final Map<Long, Task> open = new HashMap<>();

    /** @param number among the callees of this run */
    Callee(Stage stage, int home, SplittableRandom random, int number) {
        super(stage, home, random);
        this.number = number;
    }

    @Override
    void joined(Session joined) {
        wanted.clear();
        open.clear();
        register(Names.own(number));
        for (int i = 0; i < Names.SHARED_PROCEDURES; i++) {
            register(Names.shared(i));
        }
    }

    private void register(String procedure) {
        Session session = session();
        if (session != null && !stage().isQuiet()) {
            boolean own = procedure.equals(Names.own(number));
            InvocationPolicy policy = own ? InvocationPolicy.SINGLE : InvocationPolicy.ROUNDROBIN;
            wanted.put(session.register(procedure, policy), procedure);
        }
    }

    @Override
    public void registered(long request, long registration) {
        wanted.remove(request);
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        String procedure = wanted.remove(request);
        if (procedure != null) {
            after(RETRY_MILLIS, 2 * RETRY_MILLIS, () -> register(procedure));
        }
    }

    @Override
    public void invoked(long request, Task task, long call) {
        open.put(request, task);
        step(request, task, call, 0);
    }

    /** A callee that is interrupted says so; if nobody waits for it any more, the router drops it. */
    @Override
    public void interrupted(long request) {
        Session session = session();
        if (open.remove(request) != null && session != null) {
            session.fail(request, CANCELED);
        }
    }

    private void step(long request, Task task, long call, int done) {
        if (task.kind() == Task.Kind.NEVER) {
            return;
        }
        if (task.millis() == 0) {
            answer(request, task, call, done);
        } else {
            after(task.millis(), task.millis(), () -> answer(request, task, call, done));
        }
    }

    private void answer(long request, Task task, long call, int done) {
        Session session = session();
        if (session == null || !open.containsKey(request)) {
            return;
        }
        if (done < task.steps()) {
            session.yield(request, true, done);
            step(request, task, call, done + 1);
            return;
        }
        open.remove(request);
        if (task.kind() == Task.Kind.FAIL) {
            session.fail(request, TOLD_ERROR);
        } else {
            session.yield(request, false, call);
        }
    }
}
