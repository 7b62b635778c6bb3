package dev.weft.authorization;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The permissions of all roles of one realm. Immutable. */
public final class RealmPermissions {
    private final Map<String, RolePermissions> roles;
    private final Map<String, DynamicAuthorizer> dynamic;

    /**
     * @param roles by name
     * @param dynamic who is asked about what the permissions allow, for the roles that have somebody
     */
    public RealmPermissions(Map<String, RolePermissions> roles, Map<String, DynamicAuthorizer> dynamic) {
        this.roles = Map.copyOf(roles);
        this.dynamic = Map.copyOf(dynamic);
    }

    @Nullable
    DynamicAuthorizer dynamicOf(String role) {
        return dynamic.get(role);
    }

    /** Nothing is allowed to a role that is not configured. */
    public RolePermissions of(String role) {
        return roles.getOrDefault(role, RolePermissions.NONE);
    }
}
