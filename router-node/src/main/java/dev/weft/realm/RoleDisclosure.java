package dev.weft.realm;

import dev.weft.authorization.AccessRequest;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RecentDecisions;
import dev.weft.authorization.RolePermissions;
import dev.weft.session.Disclosure;
import dev.weft.session.Standing;
import java.util.Map;

/**
 * What the permissions of one role say about disclosing its sessions, by URI. The permissions that allow a call or a
 * publication decide about its disclosure, too. Remembers what was decided lately. Belongs to an event loop.
 */
final class RoleDisclosure {
    private final RolePermissions permissions;
    private final Map<Permission, Disclosure> written;
    private final Standing usual;
    private final RecentDecisions<Standing> calls = new RecentDecisions<>();
    private final RecentDecisions<Standing> publications = new RecentDecisions<>();

    /**
     * @param written of the permissions that say something about it
     * @param usual what holds for the others, and the role's trust level
     */
    RoleDisclosure(RolePermissions permissions, Map<Permission, Disclosure> written, Standing usual) {
        this.permissions = permissions;
        this.written = Map.copyOf(written);
        this.usual = usual;
    }

    Standing ofCall(String procedure) {
        Standing known = calls.find(procedure);
        if (known == null) {
            known = standing(AccessRequest.call(procedure));
            calls.put(procedure, known);
        }
        return known;
    }

    Standing ofPublication(String topic) {
        Standing known = publications.find(topic);
        if (known == null) {
            known = standing(AccessRequest.publish(topic));
            publications.put(topic, known);
        }
        return known;
    }

    /** Whether any URI is there for which the role's sessions can be disclosed because a permission says so. */
    boolean discloses() {
        return written.values().stream().anyMatch(each -> each != Disclosure.REFUSE);
    }

    /** Where several permissions decide, the least of what they say. */
    private Standing standing(AccessRequest request) {
        Disclosure least = permissions.decide(request).by().stream()
                .map(permission -> written.getOrDefault(permission, usual.disclosure()))
                .min(Disclosure::compareTo)
                .orElse(usual.disclosure());
        return new Standing(least, usual.trustlevel());
    }
}
