package dev.weft.testkit;

import dev.weft.authorization.Action;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.authorization.LoopAuthorizer;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RealmPermissions;
import dev.weft.authorization.RolePermissions;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RealmRules;
import dev.weft.realm.RoleLimits;
import dev.weft.realm.RouterProcedures;
import dev.weft.session.SessionQuotas;
import dev.weft.session.SharedRates;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules by which anonymous sessions may do all there is, for a simulated event loop. */
final class OpenRoles {
    private OpenRoles() {}

    static RealmRules rules() {
        return new RealmRules(authorizer(), RealmDisclosure.PLAIN, limits(), RouterProcedures.NONE);
    }

    private static RoleLimits limits() {
        SessionQuotas quotas = new SessionQuotas(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        return new RoleLimits(0, Map.of(), Map.of(), 0, 0, new SharedRates(0, 0), quotas);
    }

    private static LoopAuthorizer authorizer() {
        Permission all = Permission.of(new UriPattern(MatchPolicy.PREFIX, ""), Set.of(Action.values()));
        return new LoopAuthorizer(
                new RealmPermissions(Map.of("anonymous", new RolePermissions(List.of(all))), Map.of()),
                new AuthorizationCounters());
    }
}
