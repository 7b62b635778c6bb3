package dev.weft.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has to be right where procedures decide: somebody has to be able to register them, and one role alone. */
final class AuthorizerChecks {
    private final Problems problems;
    private final Place place;

    /** The role that registers each procedure, by realm and procedure. */
    private final Map<List<String>, String> registering = new HashMap<>();

    private AuthorizerChecks(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    static void realm(RealmConfig realm, Place place, Problems problems) {
        for (int i = 0; i < realm.roles().size(); i++) {
            AuthorizerConfig authorizer = realm.roles().get(i).authorizer();
            if (authorizer != null) {
                role(authorizer, realm.roles(), "roles[" + i + "].authorizer.role", place, problems);
            }
        }
    }

    private static void role(
            AuthorizerConfig authorizer, List<RoleConfig> roles, String key, Place place, Problems problems) {
        List<RoleConfig> named = roles.stream()
                .filter(role -> role.name().equals(authorizer.role()))
                .toList();
        if (named.isEmpty()) {
            problems.error(
                    place.originOf("roles"),
                    place.pathOf(key),
                    "there is no role '" + authorizer.role() + "', so that nobody can register "
                            + authorizer.procedure(),
                    "add it, or name the role of the session that decides");
        }
        for (RoleConfig role : named) {
            AuthorizerConfig asked = role.authorizer();
            if (asked != null && asked.procedure().equals(authorizer.procedure())) {
                problems.error(
                        place.originOf("roles"),
                        place.pathOf(key),
                        authorizer.procedure() + " would be asked whether '" + authorizer.role()
                                + "' may register it, so that nobody ever can",
                        "a role without this authorizer has to register it");
            }
        }
    }

    static void node(NodeConfig config, Place place, Problems problems) {
        AuthorizerChecks checks = new AuthorizerChecks(place, problems);
        for (int i = 0; i < config.realms().size(); i++) {
            checks.registered(config.realms().get(i), "realms[" + i + "].");
        }
    }

    private void registered(RealmConfig realm, String path) {
        DynamicAuthConfig dynamic = realm.auth().dynamic();
        if (dynamic != null) {
            one(dynamic.realmOr(realm.uri()), dynamic.procedure(), dynamic.role(), path + "auth.dynamic.role");
        }
        for (int i = 0; i < realm.roles().size(); i++) {
            AuthorizerConfig authorizer = realm.roles().get(i).authorizer();
            if (authorizer != null) {
                one(realm.uri(), authorizer.procedure(), authorizer.role(), path + "roles[" + i + "].authorizer.role");
            }
        }
    }

    private void one(String realm, String procedure, String role, String path) {
        String other = registering.putIfAbsent(List.of(realm, procedure), role);
        if (other != null && !other.equals(role)) {
            problems.error(
                    place.originOf("realms"),
                    path,
                    "'" + other + "' is said elsewhere to register " + procedure + " in " + realm,
                    "one role registers it");
        }
    }
}
