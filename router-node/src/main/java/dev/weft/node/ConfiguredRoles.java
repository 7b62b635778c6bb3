package dev.weft.node;

import dev.weft.authorization.Permission;
import dev.weft.authorization.RealmPermissions;
import dev.weft.authorization.RolePermissions;
import dev.weft.config.PermissionConfig;
import dev.weft.config.RealmConfig;
import dev.weft.config.RoleConfig;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.InvocationPolicy;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The permissions that the roles of a realm are configured with. */
public final class ConfiguredRoles {
    private ConfiguredRoles() {}

    static RealmPermissions permissions(RealmConfig realm) {
        return new RealmPermissions(
                realm.roles().stream().collect(Collectors.toMap(RoleConfig::name, ConfiguredRoles::permissions)));
    }

    private static RolePermissions permissions(RoleConfig role) {
        return new RolePermissions(
                role.permissions().stream().map(ConfiguredRoles::permission).toList());
    }

    /** One rule of a role. */
    public static Permission permission(PermissionConfig config) {
        Set<InvocationPolicy> invoke = config.invokePolicies().isEmpty()
                ? EnumSet.allOf(InvocationPolicy.class)
                : new HashSet<>(config.invokePolicies());
        return new Permission(
                new UriPattern(config.match(), config.uri()),
                new HashSet<>(config.allow()),
                new HashSet<>(config.matchPolicies()),
                invoke);
    }
}
