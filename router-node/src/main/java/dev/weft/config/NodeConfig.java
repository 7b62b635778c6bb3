package dev.weft.config;

import java.util.List;

/** Everything a node is told: the root of the configuration. */
public record NodeConfig(
        @Key(doc = "Who this node is.") IdentityConfig node,

        @Key(
                doc = "The doors for clients. Without any, one `wamp` listener on 127.0.0.1:8080.",
                value = "[{}]",
                example = "[{address: \"0.0.0.0:8080\"}]")
        List<ListenerConfig> listeners,

        @Key(
                doc = "The realms that clients may join. A realm that is not listed here does not exist.",
                value = "[]",
                example = "[{uri: realm1, auth: {methods: [anonymous]}, roles: " + RealmConfig.OPEN_ROLES + "}]")
        List<RealmConfig> realms,

        @Key(doc = "How clients are authenticated, in all realms.")
        AuthenticationConfig authentication,

        @Key(doc = "The other nodes, if this one is part of a cluster.")
        ClusterConfig cluster,

        @Key(doc = "What one client may use. A client that goes beyond a limit loses its own session, nobody else's.")
        LimitsConfig limits,

        @Key(doc = "How the node stops.") DrainConfig drain,

        @Key(doc = "How to watch the node and what to tell it while it runs.")
        AdminConfig admin,

        @Key(doc = "What is logged. Log lines go to standard error.")
        LoggingConfig logging,

        @Key(doc = "Which calls and publications are recorded for a collector of OpenTelemetry.")
        TracingConfig tracing) {

    public NodeConfig {
        listeners = List.copyOf(listeners);
        realms = List.copyOf(realms);
    }

    /** Whether a realm lets browsers in that are known from a login before. */
    public boolean remembersBrowsers() {
        return realms.stream().anyMatch(realm -> realm.auth().methods().contains(AuthMethod.COOKIE));
    }

    /** The same but for what is logged. */
    public NodeConfig withLogging(LoggingConfig other) {
        return new NodeConfig(node, listeners, realms, authentication, cluster, limits, drain, admin, other, tracing);
    }

    /** The same but for the realms. */
    public NodeConfig withRealms(List<RealmConfig> others) {
        return new NodeConfig(node, listeners, others, authentication, cluster, limits, drain, admin, logging, tracing);
    }
}
