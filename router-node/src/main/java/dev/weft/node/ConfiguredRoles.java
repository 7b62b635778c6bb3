package dev.weft.node;

import dev.weft.authorization.DynamicAuthorizer;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RealmPermissions;
import dev.weft.authorization.RolePermissions;
import dev.weft.config.AuthorizerConfig;
import dev.weft.config.LimitsConfig;
import dev.weft.config.PermissionConfig;
import dev.weft.config.RealmConfig;
import dev.weft.config.RoleConfig;
import dev.weft.realm.RoleLimits;
import dev.weft.session.SessionQuotas;
import dev.weft.session.SharedRates;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.InvocationPolicy;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The permissions that the roles of a realm are configured with. */
public final class ConfiguredRoles {
    private ConfiguredRoles() {}

    static RealmPermissions permissions(RealmConfig realm) {
        return new RealmPermissions(
                realm.roles().stream().collect(Collectors.toMap(RoleConfig::name, ConfiguredRoles::permissions)),
                dynamic(realm));
    }

    static RoleLimits limits(RealmConfig realm, LimitsConfig general, SessionQuotas quotas, SharedRates rates) {
        return new RoleLimits(
                realm.limits().maxSessions(),
                written(realm, RoleConfig::maxSessions),
                written(realm, RoleConfig::maxMessageRate),
                general.maxMessageRate(),
                realm.limits().maxMessageRate(),
                rates,
                quotas);
    }

    /** Of the roles where it is not 0. */
    private static Map<String, Integer> written(RealmConfig realm, ToIntFunction<RoleConfig> limit) {
        return realm.roles().stream()
                .filter(role -> limit.applyAsInt(role) > 0)
                .collect(Collectors.toMap(RoleConfig::name, limit::applyAsInt));
    }

    private static Map<String, DynamicAuthorizer> dynamic(RealmConfig realm) {
        Map<String, DynamicAuthorizer> dynamic = new HashMap<>();
        for (RoleConfig role : realm.roles()) {
            AuthorizerConfig asked = role.authorizer();
            if (asked != null) {
                dynamic.put(
                        role.name(),
                        new DynamicAuthorizer(
                                asked.procedure(),
                                asked.timeout().toMillis(),
                                asked.memory().toMillis()));
            }
        }
        return dynamic;
    }

    static RolePermissions permissions(RoleConfig role) {
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
