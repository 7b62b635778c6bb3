package dev.weft.node;

import dev.weft.authorization.Permission;
import dev.weft.config.PermissionConfig;
import dev.weft.config.RealmConfig;
import dev.weft.config.RoleConfig;
import dev.weft.config.TrustLevelConfig;
import dev.weft.realm.RealmDisclosure;
import dev.weft.session.Disclosure;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What clients are told of each other, as a realm and the permissions of its roles are configured. */
public final class ConfiguredDisclosure {
    private ConfiguredDisclosure() {}

    /** For one event loop. */
    public static RealmDisclosure of(RealmConfig realm) {
        Map<String, Integer> trustLevels = realm.trustLevels().stream()
                .collect(Collectors.toMap(TrustLevelConfig::authrole, TrustLevelConfig::level));
        RealmDisclosure disclosure = new RealmDisclosure(of(realm.disclosure()), trustLevels);
        for (RoleConfig role : realm.roles()) {
            Map<Permission, Disclosure> written = written(role);
            if (!written.isEmpty()) {
                disclosure = disclosure.with(role.name(), ConfiguredRoles.permissions(role), written);
            }
        }
        return disclosure;
    }

    private static Map<Permission, Disclosure> written(RoleConfig role) {
        Map<Permission, Disclosure> written = new HashMap<>();
        for (PermissionConfig permission : role.permissions()) {
            if (permission.disclosure() != null) {
                written.put(ConfiguredRoles.permission(permission), of(permission.disclosure()));
            }
        }
        return written;
    }

    private static Disclosure of(dev.weft.config.Disclosure configured) {
        return switch (configured) {
            case REFUSE -> Disclosure.REFUSE;
            case ALLOW -> Disclosure.ALLOW;
            case ALWAYS -> Disclosure.ALWAYS;
        };
    }
}
