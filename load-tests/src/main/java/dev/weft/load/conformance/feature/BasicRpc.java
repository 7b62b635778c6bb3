package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Basic profile: dealer. */
final class BasicRpc implements Feature {
    private static final int CALLS = 100;

    /** What every router takes at once: how much it queues for a client that is slow is its own affair. */
    private static final int BURST = 20;

    @Override
    public String name() {
        return "routed calls";
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("a call reaches the callee, and its result the caller", BasicRpc::answered),
                new Check("an error of the callee reaches the caller as it is", BasicRpc::failed),
                new Check("a procedure that nobody has is refused", BasicRpc::unknown),
                new Check("a procedure is registered once", BasicRpc::twice),
                new Check("after UNREGISTERED no call comes", BasicRpc::unregistered),
                new Check("UNREGISTER of what is not held is refused", BasicRpc::unknownRegistration),
                new Check("invocations come in the order called, across procedures", BasicRpc::inOrder),
                new Check("answers may come in any order", BasicRpc::anyOrder),
                new Check("a call ends with an error when its callee leaves", BasicRpc::calleeLeaves));
    }

    private static void answered(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        long registration = callee.register(stage.uri("add"));
        long request = caller.nextRequest();
        caller.send(Code.CALL, request, Map.of(), stage.uri("add"), List.of(1, 2), Map.of("exact", true));
        Message invocation = callee.take(Code.INVOCATION);
        same(registration, invocation.number(2), "registration");
        same(List.of(1L, 2L), invocation.args(), "Arguments");
        same(Map.of("exact", true), invocation.kwargs(), "ArgumentsKw");
        callee.yield(invocation, Map.of(), 3);
        Message result = caller.take(Code.RESULT);
        same(request, result.number(1), "request");
        same(List.of(3L), result.args(), "Arguments");
    }

    private static void failed(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("fail"));
        caller.call(stage.uri("fail"), Map.of());
        callee.fail(callee.take(Code.INVOCATION), "com.example.refused", "no", 7);
        Message error = caller.takeError(Code.CALL, "com.example.refused");
        same(List.of("no", 7L), error.args(), "Arguments");
    }

    private static void unknown(Stage stage) throws Unmet {
        Client caller = stage.asking();
        caller.call(stage.uri("nothing"), Map.of());
        caller.takeError(Code.CALL, "wamp.error.no_such_procedure");
    }

    private static void twice(Stage stage) throws Unmet {
        Client first = stage.asked();
        Client second = stage.asking();
        first.register(stage.uri("single"));
        second.send(Code.REGISTER, second.nextRequest(), Map.of(), stage.uri("single"));
        second.takeError(Code.REGISTER, "wamp.error.procedure_already_exists");
    }

    private static void unregistered(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        long registration = callee.register(stage.uri("gone"));
        callee.unregister(registration);
        caller.call(stage.uri("gone"), Map.of());
        caller.takeError(Code.CALL, "wamp.error.no_such_procedure");
    }

    private static void unknownRegistration(Stage stage) throws Unmet {
        Client callee = stage.asked();
        callee.send(Code.UNREGISTER, callee.nextRequest(), 4711L);
        callee.takeError(Code.UNREGISTER, "wamp.error.no_such_registration");
    }

    private static void inOrder(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("a"));
        callee.register(stage.uri("b"));
        for (int first = 0; first < CALLS; first += BURST) {
            for (int i = first; i < first + BURST; i++) {
                caller.call(stage.uri(i % 3 == 0 ? "a" : "b"), Map.of(), i);
            }
            for (int i = first; i < first + BURST; i++) {
                Message invocation = callee.take(Code.INVOCATION);
                same((long) i, only(invocation.args()), "call");
                callee.yield(invocation, Map.of(), i);
            }
            for (int i = first; i < first + BURST; i++) {
                same((long) i, only(caller.take(Code.RESULT).args()), "result");
            }
        }
    }

    private static void anyOrder(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("slow"));
        long first = caller.call(stage.uri("slow"), Map.of(), "first");
        long second = caller.call(stage.uri("slow"), Map.of(), "second");
        Message firstInvocation = callee.take(Code.INVOCATION);
        callee.yield(callee.take(Code.INVOCATION), Map.of());
        same(second, caller.take(Code.RESULT).number(1), "request");
        callee.yield(firstInvocation, Map.of());
        same(first, caller.take(Code.RESULT).number(1), "request");
    }

    private static void calleeLeaves(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("lost"));
        long request = caller.call(stage.uri("lost"), Map.of());
        callee.take(Code.INVOCATION);
        callee.close();
        Message error = caller.take(Code.ERROR);
        same(request, error.number(2), "request");
    }
}
