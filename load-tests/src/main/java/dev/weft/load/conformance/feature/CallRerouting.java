package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Calls that go to another callee when the one chosen says that it is not available. */
final class CallRerouting implements Feature {
    private static final String UNAVAILABLE = "wamp.error.unavailable";
    private static final String NO_CALLEE = "wamp.error.no_available_callee";

    @Override
    public String name() {
        return "call re-routing";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "call_reroute");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("first: the one registered after it is asked", stage -> next(stage, "first", 0)),
                new Check("last: the one registered before it is asked", stage -> next(stage, "last", 1)),
                new Check("roundrobin: the next one is asked", stage -> next(stage, "roundrobin", 0)),
                new Check("when none is available the caller is told", CallRerouting::none),
                new Check("another error of the callee is the caller's", CallRerouting::otherError));
    }

    /** @param chosen which of the two the policy asks first */
    private static void next(Stage stage, String policy, int chosen) throws Unmet {
        List<Client> callees = List.of(stage.asked(), stage.third());
        for (Client callee : callees) {
            callee.register(stage.uri("busy"), Map.of("invoke", policy));
        }
        Client caller = stage.asking();
        caller.call(stage.uri("busy"), Map.of(), "job");
        Client busy = callees.get(chosen);
        Client free = callees.get(1 - chosen);
        busy.fail(busy.take(Code.INVOCATION), UNAVAILABLE);
        var invocation = free.take(Code.INVOCATION);
        same("job", only(invocation.args()), "argument of the second");
        free.yield(invocation, Map.of(), "done");
        same("done", only(caller.take(Code.RESULT).args()), "result");
    }

    private static void none(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("busy"));
        caller.call(stage.uri("busy"), Map.of());
        callee.fail(callee.take(Code.INVOCATION), UNAVAILABLE);
        caller.takeError(Code.CALL, NO_CALLEE);
    }

    private static void otherError(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client other = stage.third();
        callee.register(stage.uri("broken"), Map.of("invoke", "first"));
        other.register(stage.uri("broken"), Map.of("invoke", "first"));
        Client caller = stage.asking();
        caller.call(stage.uri("broken"), Map.of());
        callee.fail(callee.take(Code.INVOCATION), "com.example.error.broken");
        caller.takeError(Code.CALL, "com.example.error.broken");
    }
}
