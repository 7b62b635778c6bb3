package dev.weft.node.cli;

import dev.weft.config.HostPort;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The admin port that a command asks.
 *
 * @param tls null to ask in the clear
 * @param token what shows that it may ask; null if nothing is needed
 */
record AdminTarget(
        HostPort address,
        @Nullable SSLContext tls,
        @Nullable String token) {
    /** Without the token. */
    @Override
    public String toString() {
        return (tls == null ? "" : "https://") + address;
    }
}
