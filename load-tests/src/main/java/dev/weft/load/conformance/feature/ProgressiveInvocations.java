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

/** Calls whose arguments come in parts. */
final class ProgressiveInvocations implements Feature {
    @Override
    public String name() {
        return "progressive call invocations";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "progressive_call_invocations");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("parts reach one callee in order as one invocation", ProgressiveInvocations::parts),
                new Check("parts and partial results go both ways", ProgressiveInvocations::bothWays));
    }

    private static void part(Client caller, long request, Map<String, Object> options, String procedure, Object arg)
            throws Unmet {
        caller.send(Code.CALL, request, options, procedure, List.of(arg));
    }

    private static void parts(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        String procedure = stage.uri("upload");
        callee.register(procedure);
        long request = caller.nextRequest();
        for (int i = 0; i < 10; i++) {
            part(caller, request, Map.of("progress", true), procedure, i);
        }
        part(caller, request, Map.of(), procedure, "end");
        Message first = callee.take(Code.INVOCATION);
        same(0L, only(first.args()), "part");
        same(true, first.dict(3).get("progress"), "Details.progress");
        for (int i = 1; i < 10; i++) {
            Message next = callee.take(Code.INVOCATION);
            same(first.number(1), next.number(1), "invocation");
            same((long) i, only(next.args()), "part");
        }
        Message last = callee.take(Code.INVOCATION);
        same("end", only(last.args()), "part");
        that(!Boolean.TRUE.equals(last.dict(3).get("progress")), "no progress in the last one", last);
        callee.yield(last, Map.of(), "all");
        same("all", only(caller.take(Code.RESULT).args()), "result");
    }

    private static void bothWays(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        String procedure = stage.uri("echo");
        callee.register(procedure);
        long request = caller.nextRequest();
        for (int i = 0; i < 3; i++) {
            part(caller, request, Map.of("progress", true, "receive_progress", true), procedure, i);
            Message invocation = callee.take(Code.INVOCATION);
            callee.yield(invocation, Map.of("progress", true), i);
            same((long) i, only(caller.take(Code.RESULT).args()), "partial result");
        }
        part(caller, request, Map.of("receive_progress", true), procedure, "end");
        callee.yield(callee.take(Code.INVOCATION), Map.of(), "end");
        same("end", only(caller.take(Code.RESULT).args()), "result");
    }
}
