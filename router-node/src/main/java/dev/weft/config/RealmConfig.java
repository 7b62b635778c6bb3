package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One realm: a room of its own for sessions, subscriptions and registrations. */
public record RealmConfig(
        @Key(
                doc =
                        "The name by which clients ask for the realm. With `on-demand`, what the names of the realms have in common.",
                required = true,
                example = "realm1",
                pattern = "[^\\s#]*",
                patternSays = "a URI: components without spaces and #, joined by dots")
        String uri,

        @Key(doc = "Who may join.") AuthConfig auth,

        @Key(
                doc = "What the sessions of each role may do. A role that is not listed may do nothing, nor what its"
                        + " permissions do not allow.",
                value = "[]",
                example = RealmConfig.OPEN_ROLES)
        List<RoleConfig> roles,

        @Key(
                doc = "What a URI may look like: `loose` allows everything but empty components, white space and #;"
                        + " `strict` allows only a-z, 0-9 and _ in components.",
                value = "loose")
        UriCheck uriCheck,

        @Key(
                doc =
                        "Request ids of a client have to count up from 1 without a gap. `strict` ends the session of a client"
                                + " that does not; `lenient` accepts any ids, for older clients.",
                value = "strict")
        RequestIds requestIds,

        @Key(
                doc =
                        "What clients may learn of each other, and do to each other, through the meta API. `off`: nothing."
                                + " `read`: that sessions, registrations and subscriptions come and go, and who the sessions"
                                + " are. `full`: end each other's sessions and take registrations and subscriptions from"
                                + " each other, too. Testaments are there in any case.",
                value = "off")
        MetaApi metaApi,

        @Key(
                doc = "Whether callees and subscribers are told who called or published: the session id, `authid` and"
                        + " `authrole`. `allow`: when the client asks for it by `disclose_me`, or the callee by"
                        + " `disclose_caller`. `refuse`: never, and who asks gets"
                        + " `wamp.error.option_disallowed.disclose_me`. `always`: without being asked.",
                value = "allow")
        Disclosure disclosure,

        @Key(
                doc = "The trust levels that calls and publications carry, by the role of the session; those of other"
                        + " roles carry none.",
                value = "[]")
        List<TrustLevelConfig> trustLevels,

        @Key(
                doc =
                        "What all sessions of the realm together may use on one node. With `on-demand`, each of the realms that are"
                                + " made.")
        RealmLimitsConfig limits,

        @Key(doc = "The events that publishers ask to be retained, cluster-wide.")
        RetainConfig retain,

        @Key(
                doc = "The topics and patterns whose events are kept, cluster-wide, for clients that ask for them by"
                        + " `wamp.subscription.get_events`.",
                value = "[]",
                example = "[{uri: com.example.news}]")
        List<HistoryConfig> history,

        @Key(
                doc = "Realms of many names are made of this one, each when its first client has authenticated.",
                unset = "this is one realm, and there from the start")
        @Nullable
        OnDemandConfig onDemand) {

    /** Roles by which anonymous sessions may do all there is. */
    public static final String OPEN_ROLES =
            "[{name: anonymous, permissions: [{uri: \"\", match: prefix, allow: [call, register, publish, subscribe]}]}]";

    public RealmConfig {
        roles = List.copyOf(roles);
        trustLevels = List.copyOf(trustLevels);
        history = List.copyOf(history);
    }

    /** The same, but what sessions may do, and are told of each other, is as in another. */
    public RealmConfig withRulesOf(RealmConfig other) {
        return new RealmConfig(
                uri,
                auth,
                other.roles,
                uriCheck,
                requestIds,
                metaApi,
                other.disclosure,
                other.trustLevels,
                limits,
                retain,
                history,
                onDemand);
    }
}
