package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Calls that end when their time is over. */
final class CallTimeout implements Feature {
    private static final int MILLIS = 100;

    @Override
    public String name() {
        return "call timeout";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "call_timeout");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("the caller is answered and the callee interrupted", CallTimeout::expires),
                new Check("an answer in time is the answer", CallTimeout::inTime));
    }

    private static void expires(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("long"));
        caller.call(stage.uri("long"), Map.of("timeout", MILLIS));
        Message invocation = callee.take(Code.INVOCATION);
        Message error = caller.take(Code.ERROR);
        that(List.of("wamp.error.timeout", "wamp.error.canceled").contains(error.text(4)), "wamp.error.timeout", error);
        same(invocation.number(1), callee.take(Code.INTERRUPT).number(1), "invocation");
    }

    private static void inTime(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("short"));
        caller.call(stage.uri("short"), Map.of("timeout", (int) Client.PATIENCE_MILLIS));
        callee.yield(callee.take(Code.INVOCATION), Map.of(), "in time");
        same("in time", only(caller.take(Code.RESULT).args()), "result");
    }
}
