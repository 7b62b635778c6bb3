package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Callers that no longer want an answer. */
final class CallCanceling implements Feature {
    @Override
    public String name() {
        return "call canceling";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "call_canceling");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("skip: the caller is answered, the callee goes on", CallCanceling::skip),
                new Check("kill: the callee is interrupted, and answers", CallCanceling::kill),
                new Check("killnowait: both at once", CallCanceling::killNoWait),
                new Check("CANCEL of a call that has ended is ignored", CallCanceling::tooLate));
    }

    private record Called(Client caller, Client callee, long request, Message invocation) {}

    private static Called called(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("long"));
        long request = caller.call(stage.uri("long"), Map.of());
        return new Called(caller, callee, request, callee.take(Code.INVOCATION));
    }

    private static void cancel(Called call, String mode) throws Unmet {
        call.caller().send(Code.CANCEL, call.request(), Map.of("mode", mode));
    }

    private static void interrupted(Called call) throws Unmet {
        same(call.invocation().number(1), call.callee().take(Code.INTERRUPT).number(1), "invocation");
    }

    private static void skip(Stage stage) throws Unmet {
        Called call = called(stage);
        cancel(call, "skip");
        call.caller().takeError(Code.CALL, "wamp.error.canceled");
        call.callee().yield(call.invocation(), Map.of(), "late");
        call.caller().call(stage.uri("long"), Map.of());
        call.callee().take(Code.INVOCATION);
    }

    private static void kill(Stage stage) throws Unmet {
        Called call = called(stage);
        cancel(call, "kill");
        interrupted(call);
        // What comes next is not the end of the call: the callee has not answered yet.
        call.caller().call(stage.uri("nothing"), Map.of());
        call.caller().takeError(Code.CALL, "wamp.error.no_such_procedure");
        call.callee().fail(call.invocation(), "wamp.error.canceled");
        Message error = call.caller().takeError(Code.CALL, "wamp.error.canceled");
        same(call.request(), error.number(2), "request");
    }

    private static void killNoWait(Stage stage) throws Unmet {
        Called call = called(stage);
        cancel(call, "killnowait");
        call.caller().takeError(Code.CALL, "wamp.error.canceled");
        interrupted(call);
    }

    private static void tooLate(Stage stage) throws Unmet {
        Called call = called(stage);
        call.callee().yield(call.invocation(), Map.of(), "done");
        same("done", only(call.caller().take(Code.RESULT).args()), "result");
        cancel(call, "kill");
        call.caller().call(stage.uri("nothing"), Map.of());
        call.caller().takeError(Code.CALL, "wamp.error.no_such_procedure");
    }
}
