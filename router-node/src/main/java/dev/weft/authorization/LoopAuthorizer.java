package dev.weft.authorization;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what the sessions of one realm may do, on one event loop. Belongs to its event loop. */
public final class LoopAuthorizer {
    private final RealmPermissions permissions;
    private final AuthorizationCounters counters;
    private final Map<String, RoleAuthorizer> roles = new HashMap<>();
    private final RoleAuthorizer unknown;

    public LoopAuthorizer(RealmPermissions permissions, AuthorizationCounters counters) {
        this.permissions = permissions;
        this.counters = counters;
        this.unknown = new RoleAuthorizer(RolePermissions.NONE, counters);
    }

    /** Who is asked about what the permissions of a role allow; null if nobody is. */
    public @Nullable DynamicAuthorizer dynamicOf(String role) {
        return permissions.dynamicOf(role);
    }

    public AuthorizationCounters counters() {
        return counters;
    }

    /** For the sessions of a role; they share what it remembers. */
    public RoleAuthorizer ofRole(String role) {
        RolePermissions rules = permissions.of(role);
        return rules == RolePermissions.NONE
                ? unknown
                : roles.computeIfAbsent(role, name -> new RoleAuthorizer(rules, counters));
    }
}
