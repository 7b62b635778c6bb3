package dev.weft.node;

import dev.weft.config.AuthorizerConfig;
import dev.weft.config.DynamicAuthConfig;
import dev.weft.config.RealmConfig;
import dev.weft.config.RoleConfig;
import dev.weft.realm.RouterProcedures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The procedures of a realm that are configured to be called by the router: authenticators and authorizers. */
public final class ConfiguredProcedures {
    private ConfiguredProcedures() {}

    /**
     * @param uri of the realm; of one on demand it is not that of its configuration
     * @param asking all realms: an authenticator may be in another one than its clients join
     */
    public static RouterProcedures of(String uri, RealmConfig realm, List<RealmConfig> asking) {
        Map<String, String> roles = new HashMap<>();
        for (RealmConfig other : asking) {
            DynamicAuthConfig dynamic = other.auth().dynamic();
            if (dynamic != null && dynamic.realmOr(other.uri()).equals(uri)) {
                roles.put(dynamic.procedure(), dynamic.role());
            }
        }
        for (RoleConfig role : realm.roles()) {
            AuthorizerConfig authorizer = role.authorizer();
            if (authorizer != null) {
                roles.put(authorizer.procedure(), authorizer.role());
            }
        }
        return new RouterProcedures(roles);
    }
}
