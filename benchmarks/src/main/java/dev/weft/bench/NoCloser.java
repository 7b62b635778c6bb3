package dev.weft.bench;

import dev.weft.session.SessionCloser;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import org.jspecify.annotations.Nullable;

/** No session ends in a benchmark. */
final class NoCloser implements SessionCloser {
    @Override
    public void close(CloseReason reason) {
        throw new IllegalStateException("closed: " + reason);
    }

    @Override
    public void abort(WampError error, String fault, CloseReason reason) {
        throw new IllegalStateException("aborted: " + fault);
    }

    @Override
    public void goodbye(String uri, @Nullable String message, CloseReason reason) {
        throw new IllegalStateException("closed: " + reason);
    }
}
