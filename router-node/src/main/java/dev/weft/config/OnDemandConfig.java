package dev.weft.config;

import dev.weft.wamp.MatchPolicy;
import java.time.Duration;

/** For which names a realm comes into being when its first client joins, and how many such realms there may be. */
public record OnDemandConfig(
        @Key(
                doc =
                        "What the names have in common: `prefix`, they begin with the `uri` of the realm; `wildcard`, they have"
                                + " its components, where an empty one stands for any one component.",
                value = "prefix")
        MatchPolicy match,

        @Key(
                doc =
                        "How many realms of these names there may be at once in the cluster. The first client of one more is refused with `weft.error.limit_exceeded`.",
                value = "1000",
                min = "1",
                max = "100000")
        int maxRealms,

        @Key(doc = "How long a realm without a session in the cluster stays.", value = "5m", min = "1s", max = "1d")
        Duration idleTimeout,

        @Key(
                doc =
                        "Whether `anonymous` may be among the methods: anyone who can connect then makes realms, up to the limit.",
                value = "false")
        boolean allowAnonymous) {}
