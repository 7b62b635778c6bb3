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

/** Results that come in parts. */
final class ProgressiveResults implements Feature {
    @Override
    public String name() {
        return "progressive call results";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "progressive_call_results");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("parts come in order, then the result", ProgressiveResults::parts),
                new Check("who did not ask gets the result only", ProgressiveResults::notAsked),
                new Check("an error ends a call that has had parts", ProgressiveResults::failed));
    }

    private static void parts(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("parts"));
        long request = caller.call(stage.uri("parts"), Map.of("receive_progress", true));
        Message invocation = callee.take(Code.INVOCATION);
        same(true, invocation.dict(3).get("receive_progress"), "Details.receive_progress");
        for (int i = 0; i < 20; i++) {
            callee.yield(invocation, Map.of("progress", true), i);
        }
        callee.yield(invocation, Map.of(), "end");
        for (int i = 0; i < 20; i++) {
            Message part = caller.take(Code.RESULT);
            same(request, part.number(1), "request");
            same(true, part.dict(2).get("progress"), "Details.progress");
            same((long) i, only(part.args()), "part");
        }
        Message result = caller.take(Code.RESULT);
        same("end", only(result.args()), "result");
        that(!Boolean.TRUE.equals(result.dict(2).get("progress")), "no progress in the last one", result);
    }

    private static void notAsked(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("parts"));
        caller.call(stage.uri("parts"), Map.of());
        Message invocation = callee.take(Code.INVOCATION);
        that(!Boolean.TRUE.equals(invocation.dict(3).get("receive_progress")), "no receive_progress", invocation);
        callee.yield(invocation, Map.of(), "end");
        same("end", only(caller.take(Code.RESULT).args()), "result");
    }

    private static void failed(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("parts"));
        caller.call(stage.uri("parts"), Map.of("receive_progress", true));
        Message invocation = callee.take(Code.INVOCATION);
        callee.yield(invocation, Map.of("progress", true), 1);
        callee.fail(invocation, "com.example.broken");
        same(1L, only(caller.take(Code.RESULT).args()), "part");
        caller.takeError(Code.CALL, "com.example.broken");
    }
}
