package dev.weft.authorization;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.Set;

/**
 * One rule of a role: what may be done with the URIs of a pattern. All that it does not allow it denies. Immutable.
 *
 * @param allow what may be done; nothing if empty
 * @param matchPolicies by which the role may subscribe and register
 * @param invokePolicies by which the role may register
 */
public record Permission(
        UriPattern pattern, Set<Action> allow, Set<MatchPolicy> matchPolicies, Set<InvocationPolicy> invokePolicies) {
    public Permission {
        allow = Set.copyOf(allow);
        matchPolicies = Set.copyOf(matchPolicies);
        invokePolicies = Set.copyOf(invokePolicies);
    }

    /** A rule that does not care about match and invocation policies. */
    public static Permission of(UriPattern pattern, Set<Action> allow) {
        return new Permission(pattern, allow, Set.of(MatchPolicy.values()), Set.of(InvocationPolicy.values()));
    }

    /** Whether it decides before {@code other} where both match: the URIs of its pattern are some of the other's. */
    boolean isMoreSpecificThan(Permission other) {
        return other.pattern.contains(pattern) && !pattern.contains(other.pattern);
    }

    boolean allows(AccessRequest request) {
        return switch (request.action()) {
            case CALL, PUBLISH -> allow.contains(request.action());
            case SUBSCRIBE ->
                allow.contains(Action.SUBSCRIBE)
                        && matchPolicies.contains(request.pattern().match());
            case REGISTER ->
                allow.contains(Action.REGISTER)
                        && matchPolicies.contains(request.pattern().match())
                        && invokePolicies.contains(request.invoke());
        };
    }
}
