package dev.weft.session;

import dev.weft.auth.AuthRequest;
import dev.weft.auth.AuthStep;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Hello;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client on its way from HELLO to WELCOME or ABORT. A challenge is answered once, and only here: what it asked for is
 * forgotten with the first answer. Belongs to the event loop of the connection.
 */
final class Joining {
    private final Hello hello;
    private final Realms.Entrance entrance;
    private final AuthRequest request;
    private final LocalLane lane;
    private final Consumer<AuthStep> next;
    private AuthStep.@Nullable Proof awaited;
    private boolean over;

    /** @param next told each step, on the event loop */
    Joining(Hello hello, Realms.Entrance entrance, AuthRequest request, LocalLane lane, Consumer<AuthStep> next) {
        this.hello = hello;
        this.entrance = entrance;
        this.request = request;
        this.lane = lane;
        this.next = next;
    }

    void begin() {
        await(entrance.authentication().begin(request));
    }

    Hello hello() {
        return hello;
    }

    Realms.Entrance entrance() {
        return entrance;
    }

    /** The id that the session will have. */
    long session() {
        return request.session();
    }

    /** Whether an AUTHENTICATE is expected now. */
    boolean isChallenged() {
        return awaited != null;
    }

    /** AUTHENTICATE while {@link #isChallenged}. */
    void answer(Authenticate authenticate) {
        AuthStep.Proof proof = awaited;
        awaited = null;
        if (proof != null) {
            await(proof.check(authenticate.signature(), authenticate.extra()));
        }
    }

    /** Nobody waits for what is still to be found out. */
    void abandon() {
        over = true;
        if (awaited != null) {
            awaited.abandoned();
            awaited = null;
        }
    }

    private void await(CompletionStage<AuthStep> deciding) {
        deciding.whenComplete(
                (step, failure) -> lane.run(() -> decided(failure == null ? step : AuthStep.Refused.FAILED)));
    }

    private void decided(AuthStep step) {
        if (over) {
            if (step instanceof AuthStep.Challenged late) {
                late.proof().abandoned();
            }
            return;
        }
        if (step instanceof AuthStep.Challenged challenged) {
            awaited = challenged.proof();
        }
        if (step instanceof AuthStep.Granted) {
            prepare(step);
        } else {
            next.accept(step);
        }
    }

    /** In a realm that is there already the client is without a round of the event loop more. */
    private void prepare(AuthStep granted) {
        CompletableFuture<?> prepared = entrance.prepare().toCompletableFuture();
        if (prepared.isDone()) {
            next.accept(granted);
            return;
        }
        prepared.whenComplete((done, failure) -> lane.run(() -> {
            if (!over) {
                next.accept(granted);
            }
        }));
    }
}
