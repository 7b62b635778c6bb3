package dev.weft.authorization;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the sessions of one role may do, on one event loop. Remembers the decisions for the URIs called and
 * published to lately, so that one that comes again costs neither memory nor a search. What it remembers is of fixed
 * size: each place holds the last URI that fell there. Belongs to its event loop.
 */
public final class RoleAuthorizer {
    private static final int PLACE_BITS = 10;
    private static final int MULTIPLIER = 0x9E3779B9;

    private final RolePermissions permissions;
    private final AuthorizationCounters counters;
    private final Remembered[] calls = new Remembered[1 << PLACE_BITS];
    private final Remembered[] publications = new Remembered[1 << PLACE_BITS];

    private record Remembered(String uri, boolean allowed) {}

    RoleAuthorizer(RolePermissions permissions, AuthorizationCounters counters) {
        this.permissions = permissions;
        this.counters = counters;
    }

    /** Whether a CALL is allowed; one that is not is counted. */
    public boolean mayCall(String procedure) {
        int place = place(procedure);
        @Nullable Remembered remembered = calls[place];
        if (remembered == null || !remembered.uri.equals(procedure)) {
            remembered = new Remembered(
                    procedure, permissions.decide(AccessRequest.call(procedure)).allowed());
            calls[place] = remembered;
        }
        return remembered.allowed || denied(Action.CALL);
    }

    /** Whether a PUBLISH is allowed; one that is not is counted. */
    public boolean mayPublish(String topic) {
        int place = place(topic);
        @Nullable Remembered remembered = publications[place];
        if (remembered == null || !remembered.uri.equals(topic)) {
            remembered = new Remembered(
                    topic, permissions.decide(AccessRequest.publish(topic)).allowed());
            publications[place] = remembered;
        }
        return remembered.allowed || denied(Action.PUBLISH);
    }

    /** Whether a SUBSCRIBE is allowed, for every topic that matches; one that is not is counted. */
    public boolean maySubscribe(MatchPolicy match, String topic) {
        return permissions.decide(AccessRequest.subscribe(match, topic)).allowed() || denied(Action.SUBSCRIBE);
    }

    /** Whether a REGISTER is allowed, for every procedure that matches; one that is not is counted. */
    public boolean mayRegister(MatchPolicy match, String procedure, InvocationPolicy invoke) {
        return permissions
                        .decide(AccessRequest.register(match, procedure, invoke))
                        .allowed()
                || denied(Action.REGISTER);
    }

    private boolean denied(Action action) {
        counters.denied(action);
        return false;
    }

    private static int place(String uri) {
        return (uri.hashCode() * MULTIPLIER) >>> (Integer.SIZE - PLACE_BITS);
    }
}
