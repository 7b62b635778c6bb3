package dev.weft.config;

import org.jspecify.annotations.Nullable;

/** The port at which a person, or a machine that watches, asks a node how it is. */
public record AdminConfig(
        @Key(
                doc =
                        "Where the node answers HTTP for health checks and for `weft cluster` and `weft drain`, as host:port."
                                + " Port 0 takes any free one. Whoever reaches it may do all that it offers, so only loopback"
                                + " addresses are allowed.",
                unset = "no admin port",
                example = "127.0.0.1:8180")
        @Nullable
        HostPort address) {}
