package dev.weft.observability;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the router. What is not here is not published, and docs/metrics.md is made of it. Names and labels are
 * a promise to dashboards and alerts: one that is here stays, or the changelog says what took its place. No label has a
 * value that a client chooses.
 */
public enum MetricCatalog {
    BUILD_INFO(Room.NODE, MetricType.INFO, "What runs.", "version", "java"),
    NODE_INFO(
            Room.NODE,
            MetricType.INFO,
            "Which node this is; the cluster is empty for a node alone.",
            "node",
            "cluster"),
    LIFECYCLE_STATE(
            Room.NODE,
            MetricType.GAUGE,
            "1 for the state that the node is in: starting, joining, ready, draining, stopped.",
            "state"),
    CONFIG_INFO(
            Room.NODE,
            MetricType.INFO,
            "A short name for all values of the configuration: the same on nodes that have the same.",
            "digest"),
    CONFIG_RELOADS_TOTAL(
            Room.NODE,
            MetricType.COUNTER,
            "Times that the configuration was read again: applied, or refused.",
            "outcome"),
    CONFIG_LAST_RELOAD_TIMESTAMP_SECONDS(
            Room.NODE, MetricType.GAUGE, "When that was applied last, in seconds since 1970; 0 if never."),
    TRACE_SPANS_TOTAL(
            Room.NODE,
            MetricType.COUNTER,
            "Spans of the node: exported to the collector, refused by it (or not taken in time), dropped because too many"
                    + " waited. All 0 while tracing is off.",
            "outcome"),
    CONFIG_NEEDS_RESTART(
            Room.NODE,
            MetricType.GAUGE,
            "Keys that were other than before then, and are in force after a restart only."),
    CONNECTIONS(Room.CONNECTIONS, MetricType.GAUGE, "Connections that are open.", "transport", "serializer"),
    CONNECTIONS_ACCEPTED_TOTAL(Room.CONNECTIONS, MetricType.COUNTER, "Connections accepted, whatever became of them."),
    CONNECTIONS_OPENED_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Connections whose transport handshake succeeded.",
            "transport",
            "serializer"),
    CONNECTIONS_CLOSED_TOTAL(Room.CONNECTIONS, MetricType.COUNTER, "Connections closed, by why.", "reason"),
    LISTENER_CONNECTIONS(
            Room.CONNECTIONS,
            MetricType.GAUGE,
            "Connections of a listener, those in their handshake included.",
            "listener"),
    LISTENER_CONNECTIONS_MAX(
            Room.CONNECTIONS, MetricType.GAUGE, "How many it may have (`listeners[].max-connections`).", "listener"),
    TLS_RELOADS_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Changed certificates taken into use, by where: a listener, `links`, `admin`.",
            "place"),
    TLS_RELOADS_REFUSED_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Changed certificates that could not be used; the earlier ones stay in use.",
            "place"),
    TLS_CERTIFICATE_EXPIRY_SECONDS(
            Room.CONNECTIONS,
            MetricType.GAUGE,
            "When the first certificate in use expires, in seconds since 1970.",
            "place"),
    MESSAGES_RECEIVED_TOTAL(
            Room.CONNECTIONS, MetricType.COUNTER, "WAMP messages from clients that were understood.", "type"),
    MESSAGES_SENT_TOTAL(
            Room.CONNECTIONS, MetricType.COUNTER, "WAMP messages handed to the connections of clients.", "type"),
    RECEIVED_BYTES_TOTAL(Room.CONNECTIONS, MetricType.COUNTER, "Bytes read from clients, framing included, after TLS."),
    SENT_BYTES_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Bytes handed to the connections of clients, framing included, before TLS."),
    STALLED_CONNECTIONS(
            Room.CONNECTIONS, MetricType.GAUGE, "Connections whose peers have not read all that was flushed to them."),
    OUTBOUND_QUEUE_BYTES(Room.CONNECTIONS, MetricType.GAUGE, "Bytes that wait for those peers."),
    OUTBOUND_QUEUE_MAX_BYTES(
            Room.CONNECTIONS, MetricType.GAUGE, "Bytes that wait for the one of them for which most do."),
    UNDELIVERED_BYTES_TOTAL(
            Room.CONNECTIONS, MetricType.COUNTER, "Bytes that waited for connections when these were closed."),
    PRODUCER_STALLS_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Times that a client was not read from, because an event loop or link that it feeds was congested."),
    PRODUCER_HOLDS_TOTAL(
            Room.CONNECTIONS,
            MetricType.COUNTER,
            "Times that a client was not read from, because most of those to whom it sends were behind."),
    CONNECTIONS_BEHIND(
            Room.CONNECTIONS,
            MetricType.GAUGE,
            "Connections for which more than `limits.outbound.soft-bytes` waits: `behind` if they take some of it, `stalled` if not.",
            "pace"),
    REALMS_ON_DEMAND(
            Room.SESSIONS,
            MetricType.GAUGE,
            "Realms made on demand that are there on this node. Elsewhere they have the label `other`."),
    REALMS_ON_DEMAND_MADE_TOTAL(Room.SESSIONS, MetricType.COUNTER, "Times that this node made a realm on demand."),
    SESSIONS(Room.SESSIONS, MetricType.GAUGE, "Sessions of this node.", "realm"),
    SESSIONS_OPENED_TOTAL(Room.SESSIONS, MetricType.COUNTER, "Sessions that got WELCOME.", "realm"),
    SESSION_DURATION_SECONDS(
            Room.SESSIONS, MetricType.HISTOGRAM, "How long sessions lasted that ended.", Buckets.LIFETIME, "realm"),
    SESSIONS_REFUSED_TOTAL(
            Room.SESSIONS,
            MetricType.COUNTER,
            "Clients that were told by ABORT that they get no session, or none any more before they had one.",
            "reason"),
    SESSIONS_PACED_TOTAL(
            Room.SESSIONS,
            MetricType.COUNTER,
            "How often a session was not read from for a while, because the sessions of its realm, principal or address sent more"
                    + " than they may together.",
            "limit"),
    AUTHENTICATIONS_TOTAL(Room.SESSIONS, MetricType.COUNTER, "Clients that have shown who they are, by how.", "method"),
    AUTHENTICATIONS_REFUSED_TOTAL(Room.SESSIONS, MetricType.COUNTER, "Clients that have not, by why.", "reason"),
    COOKIES_BOUND_TOTAL(
            Room.SESSIONS,
            MetricType.COUNTER,
            "Logins by which a browser was to be known again, by whether it is: not when there are too many, or the cluster"
                    + " did not store it in time.",
            "outcome"),
    COOKIE_LOGOUTS_TOTAL(
            Room.SESSIONS, MetricType.COUNTER, "Browsers that are known no more because their users have logged out."),
    REQUESTS_DENIED_TOTAL(
            Room.SESSIONS,
            MetricType.COUNTER,
            "Requests that the role's permissions, or its authorizer, do not allow; also of publishers that are not told.",
            "action"),
    AUTHORIZER_FAILURES_TOTAL(
            Room.SESSIONS, MetricType.COUNTER, "Requests that were denied because the authorizer did not decide."),
    REVOKED_BY_RULES_TOTAL(
            Room.SESSIONS,
            MetricType.COUNTER,
            "Subscriptions and registrations that sessions lost because the rules of their realm were changed."),
    HANDSHAKE_DURATION_SECONDS(
            Room.SESSIONS, MetricType.HISTOGRAM, "From an open connection to WELCOME.", Buckets.LATENCY),
    PUBLICATIONS_TOTAL(Room.PUBSUB, MetricType.COUNTER, "PUBLISH of clients of this node.", "realm"),
    PUBLICATIONS_UNMATCHED_TOTAL(
            Room.PUBSUB, MetricType.COUNTER, "Those for which nobody in the cluster had subscribed.", "realm"),
    PUBLICATIONS_FORWARDED_TOTAL(
            Room.PUBSUB,
            MetricType.COUNTER,
            "Publications sent on to another event loop or node, once for each.",
            "realm"),
    EVENTS_DELIVERED_TOTAL(Room.PUBSUB, MetricType.COUNTER, "EVENT to clients of this node.", "realm"),
    EVENTS_WITHHELD_TOTAL(
            Room.PUBSUB,
            MetricType.COUNTER,
            "Subscribers that an event was not for: its publisher, or by `eligible` and `exclude`.",
            "realm"),
    EVENT_RECEIVERS(
            Room.PUBSUB,
            MetricType.HISTOGRAM,
            "To how many subscribers of an event loop each event went that came to it.",
            Buckets.NUMBER),
    EVENTS_RETAINED_TOTAL(
            Room.PUBSUB,
            MetricType.COUNTER,
            "Events that publishers on this node had retained, by what became of them.",
            "outcome"),
    EVENTS_IN_HISTORY_TOTAL(
            Room.PUBSUB,
            MetricType.COUNTER,
            "Events of publishers on this node that were to be kept in a history, once for each history, by what became of"
                    + " them.",
            "outcome"),
    SUBSCRIBERS(
            Room.PUBSUB,
            MetricType.GAUGE,
            "Subscriptions held by sessions of this node, once for each session.",
            "realm"),
    SUBSCRIPTIONS(
            Room.PUBSUB,
            MetricType.GAUGE,
            "Topics and patterns with a subscriber anywhere in the cluster, or with a history, as this node knows them.",
            "realm",
            "match"),
    SUBSCRIPTIONS_REFUSED_TOTAL(
            Room.PUBSUB,
            MetricType.COUNTER,
            "SUBSCRIBE of clients of this node for more than the session, or the realm on this node, may hold"
                    + " (`limits.max-subscriptions`, `realms[].limits.max-subscriptions`).",
            "realm"),
    CALLS_TOTAL(
            Room.CALLS, MetricType.COUNTER, "Calls of clients of this node that ended, by how.", "realm", "outcome"),
    CALL_DURATION_SECONDS(
            Room.CALLS,
            MetricType.HISTOGRAM,
            "From CALL to its last answer, whatever that was, by where the callee is: `local` on this node, `remote` on another,"
                    + " `none` if the call ended before it went to one.",
            Buckets.LATENCY,
            "realm",
            "scope"),
    CALLS_IN_FLIGHT(Room.CALLS, MetricType.GAUGE, "Calls of clients of this node that have not ended.", "realm"),
    CALLS_ROUTED_TOTAL(
            Room.CALLS,
            MetricType.COUNTER,
            "Calls of clients of this node that went to a callee, by where it is: `local` on this node, `remote` on another."
                    + " Those that went on to another callee count again.",
            "realm",
            "scope"),
    CALLS_REROUTED_TOTAL(
            Room.CALLS,
            MetricType.COUNTER,
            "Calls that went to another callee because the one chosen was gone.",
            "realm"),
    CALLS_QUEUED_TOTAL(
            Room.CALLS,
            MetricType.COUNTER,
            "Calls that had to wait because their callee, of this node, had as many as it takes (`concurrency`).",
            "realm"),
    CALLS_QUEUE_FULL_TOTAL(
            Room.CALLS,
            MetricType.COUNTER,
            "Calls that a callee did not get because too many waited for it (`limits.max-queued-calls`).",
            "realm"),
    CALLS_GIVEN_BACK_TOTAL(
            Room.CALLS, MetricType.COUNTER, "Calls that a callee gave back because it is unavailable.", "realm"),
    INVOCATIONS_TOTAL(Room.CALLS, MetricType.COUNTER, "INVOCATION to callees of this node.", "realm"),
    INVOCATIONS_PENDING(Room.CALLS, MetricType.GAUGE, "Those that have not ended.", "realm"),
    REGISTRATIONS(
            Room.CALLS,
            MetricType.GAUGE,
            "Procedures and patterns with a callee anywhere in the cluster, as this node knows them.",
            "realm",
            "match"),
    REGISTRATIONS_REFUSED_TOTAL(
            Room.CALLS,
            MetricType.COUNTER,
            "REGISTER of clients of this node for more than the session, or the realm on this node, may hold"
                    + " (`limits.max-registrations`, `realms[].limits.max-registrations`).",
            "realm"),
    EVENTLOOP_LAG_SECONDS(
            Room.LOOPS,
            MetricType.HISTOGRAM,
            "How late an event loop came to what was due, measured twice a second.",
            Buckets.LATENCY,
            "loop"),
    EVENTLOOP_QUEUE_BYTES(
            Room.LOOPS,
            MetricType.GAUGE,
            "What waits for an event loop from other loops and from links, roughly.",
            "loop"),
    CLUSTER_MEMBERS(Room.TABLES, MetricType.GAUGE, "Nodes in Hazelcast's view of the cluster; 1 for a node alone."),
    CLUSTER_MINIMUM_SIZE(Room.TABLES, MetricType.GAUGE, "`cluster.minimum-size`."),
    CLUSTER_SYNCED(
            Room.TABLES, MetricType.GAUGE, "1 if this node knows the tables of every other one that it waits for."),
    CLUSTER_TERM(Room.TABLES, MetricType.GAUGE, "The latest term of the cluster's membership that this node knows."),
    HAZELCAST_CONNECTIONS_REFUSED_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Connections to Hazelcast's port whose other end did not prove `cluster.key`."),
    HAZELCAST_RUNNING(Room.TABLES, MetricType.GAUGE, "1 while Hazelcast runs on this node."),
    TABLE_ENTRIES(
            Room.TABLES,
            MetricType.GAUGE,
            "What this node knows of the whole cluster: sessions, subscriptions, registrations.",
            "table"),
    TABLE_CONFLICTS_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Entries of this node that excluded, or were excluded by, one of another node."),
    TABLE_REVOCATIONS_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Entries taken from sessions of this node because an older one excludes them."),
    TABLE_REASSERTIONS_TOTAL(
            Room.TABLES, MetricType.COUNTER, "Times that all that this node holds was asserted again."),
    TABLE_RENEWALS_TOTAL(Room.TABLES, MetricType.COUNTER, "Entries that were asserted again."),
    TABLE_PURGES_TOTAL(
            Room.TABLES, MetricType.COUNTER, "Times that what dead nodes had left was removed by this node."),
    TABLE_FENCES_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Links that were ended because the peer did not acknowledge a change in time."),
    TABLE_AUDITS_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Comparisons of tables: with a peer, or with what Hazelcast has stored.",
            "against"),
    TABLE_DIFFERENCES_TOTAL(
            Room.TABLES,
            MetricType.COUNTER,
            "Differences that were found. Any is a fault: see docs/operations.md.",
            "against"),
    TABLE_REPAIRS_TOTAL(Room.TABLES, MetricType.COUNTER, "Differences that were mended.", "against"),
    LINK_UP(
            Room.LINKS,
            MetricType.GAUGE,
            "1 while a link carries messages; 0 while it is suspended, connecting or awaited.",
            "peer"),
    LINK_ROUND_TRIP_SECONDS(Room.LINKS, MetricType.GAUGE, "Of the last heartbeat; 0 before the first.", "peer"),
    LINK_RTT_SECONDS(
            Room.LINKS,
            MetricType.HISTOGRAM,
            "From each heartbeat to its answer, of the present link.",
            Buckets.LATENCY,
            "peer"),
    LINK_QUEUE_BYTES(Room.LINKS, MetricType.GAUGE, "What waits to be sent to the peer, roughly.", "peer"),
    LINK_QUEUE_MAX_BYTES(Room.LINKS, MetricType.GAUGE, "Beyond this a link is taken down (`cluster.link.max-queue`)."),
    LINK_REPLAY_BYTES(Room.LINKS, MetricType.GAUGE, "What is kept to be sent again over another connection.", "peer"),
    LINK_REPLAY_MAX_BYTES(Room.LINKS, MetricType.GAUGE, "What may be kept (`cluster.link.replay-window`)."),
    LINK_FRAMES_SENT_TOTAL(Room.LINKS, MetricType.COUNTER, "Numbered frames, of the present link.", "peer"),
    LINK_FRAMES_RECEIVED_TOTAL(Room.LINKS, MetricType.COUNTER, "Numbered frames, of the present link.", "peer"),
    LINK_FRAMES_UNACKNOWLEDGED(
            Room.LINKS, MetricType.GAUGE, "Numbered frames sent that the peer has not acknowledged.", "peer"),
    LINK_SENT_BYTES_TOTAL(Room.LINKS, MetricType.COUNTER, "Frames of every kind, of the present link.", "peer"),
    LINK_RECEIVED_BYTES_TOTAL(Room.LINKS, MetricType.COUNTER, "Frames of every kind, of the present link.", "peer"),
    LINK_UPS_TOTAL(Room.LINKS, MetricType.COUNTER, "Links that came up."),
    LINK_DOWNS_TOTAL(Room.LINKS, MetricType.COUNTER, "Links that went down, by why.", "reason"),
    LINK_RESUMES_TOTAL(Room.LINKS, MetricType.COUNTER, "Times that a link went on over another connection."),
    LINK_RESUMPTIONS_REFUSED_TOTAL(
            Room.LINKS, MetricType.COUNTER, "Times that it could not: a new link took its place."),
    LINK_FRAMES_REPLAYED_TOTAL(Room.LINKS, MetricType.COUNTER, "Frames sent again over another connection."),
    LINK_REJECTS_TOTAL(Room.LINKS, MetricType.COUNTER, "Handshakes between nodes that failed, by why.", "reason"),
    LINK_DROPPED_TOTAL(Room.LINKS, MetricType.COUNTER, "Messages given to a link that was down or went down."),
    LINK_FAILURES_TOTAL(Room.LINKS, MetricType.COUNTER, "Frames that this node's own code failed to handle.");

    /** What a metric is about: the chapters of the documentation. */
    enum Room {
        NODE("The node"),
        CONNECTIONS("Connections of clients"),
        SESSIONS("Sessions"),
        PUBSUB("Publish and subscribe"),
        CALLS("Calls"),
        LOOPS("Event loops"),
        TABLES("Cluster and tables"),
        LINKS("Links to other nodes");

        private final String title;

        Room(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static final String PREFIX = "weft_";

    private final Room room;
    private final MetricType type;
    private final String help;
    private final @Nullable Buckets buckets;
    private final List<String> labels;

    MetricCatalog(Room room, MetricType type, String help, String... labels) {
        this(room, type, help, null, labels);
    }

    MetricCatalog(Room room, MetricType type, String help, @Nullable Buckets buckets, String... labels) {
        this.room = room;
        this.type = type;
        this.help = help;
        this.buckets = buckets;
        this.labels = List.of(labels);
    }

    Room room() {
        return room;
    }

    public MetricType type() {
        return type;
    }

    /** What it says, in a sentence of Markdown. */
    public String help() {
        return help;
    }

    /** In the order in which values are given for them. */
    public List<String> labels() {
        return labels;
    }

    /** Of a histogram. */
    Buckets buckets() {
        if (buckets == null) {
            throw new IllegalStateException(this + " is no histogram");
        }
        return buckets;
    }

    /** As Prometheus shows it, with what its type adds; of a histogram without that. */
    public String published() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /** Without the suffix that belongs to the type. */
    String base() {
        String published = published();
        return switch (type) {
            case COUNTER -> published.substring(0, published.length() - "_total".length());
            case INFO -> published.substring(0, published.length() - "_info".length());
            case GAUGE, HISTOGRAM -> published;
        };
    }
}
