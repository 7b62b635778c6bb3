package dev.weft.config;

import java.time.Duration;

/** What one client may use. */
public record LimitsConfig(
        @Key(doc = "The longest message, in either direction.", value = "1MiB", min = "512B", max = "16MiB")
        DataSize maxMessageSize,

        @Key(
                doc = "The longest message before WELCOME: HELLO and AUTHENTICATE, with tokens and `authextra`. At most"
                        + " `limits.max-message-size`, which is the limit also if it is less than the default.",
                value = "16KiB",
                min = "512B",
                max = "16MiB")
        DataSize maxHelloSize,

        @Key(doc = "How deep lists and dictionaries may be nested in a message.", value = "64", min = "4", max = "500")
        int maxDepth,

        @Key(
                doc = "How many values one message may hold, dictionary keys included.",
                value = "1000000",
                min = "100",
                max = "100000000")
        int maxElements,

        @Key(doc = "How many characters a URI may have.", value = "255", min = "16", max = "65535")
        int maxUriLength,

        @Key(
                doc = "How long a new connection may take until its session is established.",
                value = "10s",
                min = "100ms",
                max = "10m")
        Duration handshakeTimeout,

        @Key(
                doc = "How long a client may take to answer the router's GOODBYE before its connection is closed.",
                value = "5s",
                min = "100ms",
                max = "10m")
        Duration goodbyeTimeout,

        @Key(
                doc = "How many sessions one realm may have on this node. One more is refused with"
                        + " `weft.error.limit_exceeded`.",
                value = "1000000",
                min = "1",
                max = "10000000")
        int maxSessionsPerRealm,

        @Key(
                doc = "How many sessions one principal, an `authid` in a realm, may have on this node.",
                value = "10000",
                min = "1",
                max = "10000000")
        int maxSessionsPerPrincipal,

        @Key(
                doc = "How many sessions one address may have on this node; of an IPv6 address its network of 64 bits"
                        + " counts. Clients behind one proxy have one address, unless the listener is told to believe"
                        + " the proxy.",
                value = "10000",
                min = "1",
                max = "10000000")
        int maxSessionsPerAddress,

        @Key(
                doc =
                        "How many connections a second one address may open on this node; as many may come at once. One more is"
                                + " closed, or answered with 429. Of an IPv6 address its network of 64 bits counts; loopback is not"
                                + " limited, nor are proxies that a listener believes: their clients are. `0` means any number.",
                value = "1000",
                min = "0",
                max = "10000000")
        int maxConnectionRatePerAddress,

        @Key(
                doc = "How many messages a second a session may send; as many may come at once. A session that sends"
                        + " more is aborted with `weft.error.limit_exceeded`. `0` means any number.",
                value = "0",
                min = "0",
                max = "10000000")
        int maxMessageRate,

        @Key(
                doc =
                        "How many messages a second the sessions of one principal, an `authid` in a realm, may send on this node"
                                + " together; as many may come at once. A session that sends more is not read from until that is"
                                + " made up for. `0` means any number.",
                value = "0",
                min = "0",
                max = "100000000")
        int maxMessageRatePerPrincipal,

        @Key(
                doc = "The same for the sessions of one address, as `limits.max-sessions-per-address` counts them.",
                value = "0",
                min = "0",
                max = "100000000")
        int maxMessageRatePerAddress,

        @Key(doc = "How many subscriptions one session may hold.", value = "100000", min = "1", max = "10000000")
        int maxSubscriptions,

        @Key(doc = "How many registrations one session may hold.", value = "100000", min = "1", max = "10000000")
        int maxRegistrations,

        @Key(doc = "How many calls one session may have in flight.", value = "10000", min = "1", max = "10000000")
        int maxCallsInFlight,

        @Key(
                doc = "How many calls may wait for one callee that registered with `concurrency` and has as many as"
                        + " it takes. The next one goes to another callee; if none is left, it ends with"
                        + " `wamp.error.no_available_callee`. With 0 none waits.",
                value = "1000",
                min = "0",
                max = "10000000")
        int maxQueuedCalls,

        @Key(doc = "What waits for a client that reads too slowly.")
        OutboundConfig outbound) {}
