package dev.weft.load.chaos.client;

import dev.weft.wamp.CancelMode;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MessageType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One at each node, which keeps a call in flight to each of the others. These calls are never answered, so they end when a
 * node or the way to it is taken for dead: that is how detection is measured.
 */
final class Sentinel extends Actor {
    private static final int RETRY_MILLIS = 200;

    private final Map<Long, Integer> calls = new HashMap<>();
    private final Set<Long> invocations = new HashSet<>();

    Sentinel(Stage stage, int home, SplittableRandom random) {
        super(stage, home, random);
    }

    @Override
    boolean wanders() {
        return false;
    }

    @Override
    void joined(Session joined) {
        calls.clear();
        invocations.clear();
        register();
        for (int node = 0; node < stage().nodes(); node++) {
            if (node != home()) {
                call(node);
            }
        }
    }

    private void register() {
        Session session = session();
        if (session != null && !stage().isQuiet()) {
            session.register(Names.held(home()), InvocationPolicy.SINGLE);
        }
    }

    private void call(int node) {
        Session session = session();
        if (session != null && !stage().isQuiet()) {
            calls.put(session.call(Names.held(node), Task.NEVER, 0), node);
        }
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        if (type == MessageType.REGISTER) {
            after(RETRY_MILLIS, RETRY_MILLIS, this::register);
        }
    }

    @Override
    public void revoked(long registration) {
        after(RETRY_MILLIS, RETRY_MILLIS, this::register);
    }

    @Override
    public void callEnded(long request, String error) {
        Integer node = calls.remove(request);
        if (node != null) {
            after(RETRY_MILLIS, RETRY_MILLIS, () -> call(node));
        }
    }

    @Override
    public void invoked(long request, Task task, long number) {
        invocations.add(request);
    }

    @Override
    public void interrupted(long request) {
        Session session = session();
        if (session != null && invocations.remove(request)) {
            session.fail(request, Callee.CANCELED);
        }
    }

    /** Ends the calls that are in flight: nobody else would. */
    void cancelAll() {
        Session session = session();
        if (session != null) {
            calls.keySet().forEach(request -> session.cancel(request, CancelMode.KILLNOWAIT));
        }
    }
}
