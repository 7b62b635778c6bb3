package dev.weft.config;

import dev.weft.authorization.Action;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.WampUri;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What has to be right between the keys of roles and their permissions. */
final class RoleChecks {
    private final Problems problems;

    RoleChecks(Problems problems) {
        this.problems = problems;
    }

    void permission(PermissionConfig permission, Place place) {
        if (!WampUri.isValid(permission.uri(), false, permission.match())) {
            problems.error(
                    place.originOf("uri"),
                    place.pathOf("uri"),
                    "'" + permission.uri() + "' is no URI for match: "
                            + permission.match().text(),
                    "match: prefix is for all URIs that begin with it, wildcard for any component where one is empty");
        } else if (permission.uri().endsWith("*")) {
            problems.warning(
                    place.originOf("uri"),
                    place.pathOf("uri"),
                    "the * stands for itself only",
                    "match: prefix with the text before it is for all URIs that begin so");
        }
        if (permission.matchPolicies().isEmpty()) {
            problems.error(place.originOf("match-policies"), place.pathOf("match-policies"), "names no policy");
        }
        if (permission.invokePolicies().isEmpty() && place.has("invoke-policies")) {
            problems.error(place.originOf("invoke-policies"), place.pathOf("invoke-policies"), "names no policy");
        }
        boolean sends =
                permission.allow().contains(Action.CALL) || permission.allow().contains(Action.PUBLISH);
        if (permission.disclosure() != null && !sends) {
            problems.error(
                    place.originOf("disclosure"),
                    place.pathOf("disclosure"),
                    "is about who calls and publishes, and neither is allowed",
                    "it belongs to the permission by which the role calls or publishes");
        }
    }

    void role(RoleConfig role, Place place) {
        if (role.authorizer() != null && role.permissions().isEmpty()) {
            problems.error(
                    place.originOf("authorizer"),
                    place.pathOf("authorizer"),
                    "is asked only about what the permissions allow, and there are none",
                    "to have it asked about everything, write permissions: [{uri: \"\", match: prefix, allow: [call, register,"
                            + " publish, subscribe]}]");
        }
        Map<UriPattern, Integer> seen = new HashMap<>();
        for (int i = 0; i < role.permissions().size(); i++) {
            PermissionConfig permission = role.permissions().get(i);
            Integer earlier = seen.putIfAbsent(new UriPattern(permission.match(), permission.uri()), i);
            if (earlier != null) {
                problems.error(
                        place.originOf("permissions"),
                        place.pathOf("permissions[" + i + "]"),
                        "is for the same URIs as permissions[" + earlier + "]",
                        "write one permission for both");
            }
        }
    }

    void realm(RealmConfig realm, Place place) {
        AuthorizerChecks.realm(realm, place, problems);
        Set<String> names = new LinkedHashSet<>();
        for (RoleConfig role : realm.roles()) {
            if (!names.add(role.name())) {
                problems.error(place.originOf("roles"), place.pathOf("roles"), "'" + role.name() + "' is there twice");
            }
        }
        String anonymous = realm.auth().anonymousRole();
        if (realm.auth().methods().contains(AuthMethod.ANONYMOUS) && !names.contains(anonymous)) {
            problems.error(
                    place.originOf("roles"),
                    place.pathOf("roles"),
                    "there is no role '" + anonymous + "', which anonymous sessions get",
                    names.isEmpty()
                            ? "to let them do all there is, write roles: " + RealmConfig.OPEN_ROLES
                            : "add it, or set auth.anonymous-role to one of " + String.join(", ", names));
        } else if (names.isEmpty() && !realm.auth().methods().isEmpty()) {
            problems.error(
                    place.originOf("roles"),
                    place.pathOf("roles"),
                    "without a role nobody may do anything",
                    "for example roles: [{name: backend, permissions: [{uri: com.example., match: prefix, allow:"
                            + " [call, register, publish, subscribe]}]}]");
        }
    }
}
