package dev.weft.authorization;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;

/**
 * What a session asks for.
 *
 * @param pattern all the URIs that it would reach; one for CALL and PUBLISH
 * @param invoke of REGISTER; {@link InvocationPolicy#SINGLE} for all else
 */
public record AccessRequest(Action action, UriPattern pattern, InvocationPolicy invoke) {
    public static AccessRequest call(String procedure) {
        return new AccessRequest(Action.CALL, UriPattern.exact(procedure), InvocationPolicy.SINGLE);
    }

    public static AccessRequest publish(String topic) {
        return new AccessRequest(Action.PUBLISH, UriPattern.exact(topic), InvocationPolicy.SINGLE);
    }

    public static AccessRequest subscribe(MatchPolicy match, String topic) {
        return new AccessRequest(Action.SUBSCRIBE, new UriPattern(match, topic), InvocationPolicy.SINGLE);
    }

    public static AccessRequest register(MatchPolicy match, String procedure, InvocationPolicy invoke) {
        return new AccessRequest(Action.REGISTER, new UriPattern(match, procedure), invoke);
    }

    /** As the end of "may not". */
    @Override
    public String toString() {
        String how = pattern.match() == MatchPolicy.EXACT ? pattern.uri() : pattern.toString();
        String policy = invoke == InvocationPolicy.SINGLE ? "" : " (invoke: " + invoke.text() + ")";
        return switch (action) {
            case CALL -> "call " + how;
            case PUBLISH -> "publish to " + how;
            case SUBSCRIBE -> "subscribe to " + how;
            case REGISTER -> "register " + how + policy;
        };
    }
}
