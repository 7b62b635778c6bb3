package dev.weft.load.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Beginning and end of one session, as those see it who asked for it. Event loop only. */
final class SessionLife {
    private final CompletableFuture<Peer> welcomed = new CompletableFuture<>();
    private final Consumer<Throwable> whenBroken;
    private boolean abandoned;

    /** @param whenBroken told when a session that had begun is of no use any more */
    SessionLife(Consumer<Throwable> whenBroken) {
        this.whenBroken = whenBroken;
    }

    /** Completes when the session has begun, or with the reason why it has not. */
    CompletableFuture<Peer> welcomed() {
        return welcomed;
    }

    void begun(Peer peer) {
        welcomed.complete(peer);
    }

    void failed(Throwable cause) {
        if (abandoned || welcomed.completeExceptionally(cause)) {
            return;
        }
        if (!welcomed.isCompletedExceptionally()) {
            whenBroken.accept(cause);
        }
    }

    /** Without lingering, so that the port can be used again at once: many sessions come and go. */
    void abandon(Channel channel) {
        abandoned = true;
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
