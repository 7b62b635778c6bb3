package dev.weft.config;

import dev.weft.authorization.Action;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be done with some URIs. */
public record PermissionConfig(
        @Key(
                doc = "The topic or procedure. With `match: prefix`, what it begins with: `\"\"` stands for all.",
                required = true,
                example = "com.example.")
        String uri,

        @Key(
                doc = "`exact`: this one URI. `prefix`: all that begin with it. `wildcard`: all that have these"
                        + " components; an empty one stands for any one component.",
                value = "exact")
        MatchPolicy match,

        @Key(
                doc = "What may be done. All that is not listed is denied for these URIs, even if a less specific"
                        + " permission allows it; `[]` denies all.",
                required = true,
                example = "[call, subscribe]")
        List<Action> allow,

        @Key(
                doc = "The match policies by which the role may subscribe to and register these URIs.",
                value = "[exact, prefix, wildcard]")
        List<MatchPolicy> matchPolicies,

        @Key(
                doc = "The invocation policies by which the role may register these URIs.",
                value = "[]",
                unset = "all of them",
                example = "[single, roundrobin]")
        List<InvocationPolicy> invokePolicies,

        @Key(
                doc =
                        "Whether callees and subscribers are told who of the role called, or published to, these URIs, as the"
                                + " realm's `disclosure` says it for all. Where several permissions decide about a URI, the least of"
                                + " what they say: `refuse`, then `allow`.",
                unset = "the realm's")
        @Nullable
        Disclosure disclosure) {

    public PermissionConfig {
        allow = List.copyOf(allow);
        matchPolicies = List.copyOf(matchPolicies);
        invokePolicies = List.copyOf(invokePolicies);
    }
}
