package dev.weft.realm;

import dev.weft.auth.ProcedureAnswer;
import dev.weft.auth.ProcedureCaller;
import dev.weft.dealer.RouterCalls;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The router's own calls in all realms of this node: made on the event loop that asks, or on the first. Thread-safe; event
 * loops are added before there are clients.
 */
public final class RealmCalls implements ProcedureCaller {
    private record Loop(LocalLane lane, LoopRealms realms) {}

    private final List<Loop> loops = new CopyOnWriteArrayList<>();

    public void add(LocalLane lane, LoopRealms realms) {
        loops.add(new Loop(lane, realms));
    }

    @Override
    public CompletionStage<ProcedureAnswer> call(String realm, String procedure, List<?> args, Duration timeout) {
        if (loops.isEmpty()) {
            return CompletableFuture.completedStage(unavailable("the node is starting"));
        }
        Loop loop = loops.stream().filter(one -> one.lane.isHere()).findFirst().orElse(loops.get(0));
        CompletableFuture<ProcedureAnswer> answer = new CompletableFuture<>();
        loop.lane.run(() -> {
            LoopRealm found = loop.realms.present(realm);
            if (found == null) {
                answer.complete(unavailable("there is no realm " + realm));
            } else {
                found.routerCalls(loop.lane)
                        .call(procedure, args, timeout.toMillis(), given -> answer.complete(answered(given)));
            }
        });
        return answer;
    }

    private static ProcedureAnswer answered(RouterCalls.Answer given) {
        return given instanceof RouterCalls.Returned returned
                ? new ProcedureAnswer.Result(returned.args(), returned.kwargs())
                : new ProcedureAnswer.Failure(((RouterCalls.Failed) given).error(), "");
    }

    private static ProcedureAnswer unavailable(String words) {
        return new ProcedureAnswer.Failure(WampError.UNAVAILABLE.uri(), words);
    }
}
