package dev.weft.config;

import dev.weft.tls.ClientAuth;
import org.jspecify.annotations.Nullable;

/** The port at which a person, or a machine that watches, asks a node how it is. */
public record AdminConfig(
        @Key(
                doc =
                        "Where the node answers HTTP for health checks and for `weft cluster` and `weft drain`, as host:port."
                                + " Port 0 takes any free one. Whoever is let in may do all that it offers; an address that is not"
                                + " loopback needs `token`, or `tls` with `client-auth: require`.",
                unset = "no admin port",
                example = "127.0.0.1:8180")
        @Nullable
        HostPort address,

        @Key(
                doc = "What requests have to show as a bearer token, but for health checks (`/livez`, `/readyz`,"
                        + " `/healthz`, `/startupz`). At least 16 characters; `weft token` makes one.",
                unset = "no token is asked for",
                pattern = "[!-~]{16,1024}",
                patternSays = "16 to 1024 characters of ASCII without spaces")
        @Nullable
        Secret token,

        @Key(doc = "With what the port speaks TLS.", unset = "no TLS") @Nullable
        TlsConfig tls) {

    /** Whether whoever reaches the port may use it. */
    boolean isOpen() {
        return token == null && (tls == null || tls.clientAuth() != ClientAuth.REQUIRE);
    }
}
