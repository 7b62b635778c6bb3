package dev.weft.authorization;

import java.util.Map;

/** The permissions of all roles of one realm. Immutable. */
public final class RealmPermissions {
    private final Map<String, RolePermissions> roles;

    public RealmPermissions(Map<String, RolePermissions> roles) {
        this.roles = Map.copyOf(roles);
    }

    /** Nothing is allowed to a role that is not configured. */
    public RolePermissions of(String role) {
        return roles.getOrDefault(role, RolePermissions.NONE);
    }
}
