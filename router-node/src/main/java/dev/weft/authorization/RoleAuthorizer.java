package dev.weft.authorization;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;

/**
 * Decides what the sessions of one role may do, on one event loop. Remembers the decisions for the URIs called and
 * published to lately, so that one that comes again costs neither memory nor a search. What it remembers is of fixed
 * size. Belongs to its event loop.
 */
public final class RoleAuthorizer {
    private final RolePermissions permissions;
    private final AuthorizationCounters counters;
    private final RecentDecisions<Boolean> calls = new RecentDecisions<>();
    private final RecentDecisions<Boolean> publications = new RecentDecisions<>();

    RoleAuthorizer(RolePermissions permissions, AuthorizationCounters counters) {
        this.permissions = permissions;
        this.counters = counters;
    }

    /** Whether a CALL is allowed; one that is not is counted. */
    public boolean mayCall(String procedure) {
        Boolean known = calls.find(procedure);
        if (known == null) {
            known = permissions.decide(AccessRequest.call(procedure)).allowed();
            calls.put(procedure, known);
        }
        return known || denied(Action.CALL);
    }

    /** Whether a PUBLISH is allowed; one that is not is counted. */
    public boolean mayPublish(String topic) {
        Boolean known = publications.find(topic);
        if (known == null) {
            known = permissions.decide(AccessRequest.publish(topic)).allowed();
            publications.put(topic, known);
        }
        return known || denied(Action.PUBLISH);
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

    /** Whether all of it is allowed; nothing is counted. For what was granted before, and should be allowed still. */
    public boolean allows(AccessRequest request) {
        return permissions.decide(request).allowed();
    }

    private boolean denied(Action action) {
        counters.denied(action);
        return false;
    }
}
