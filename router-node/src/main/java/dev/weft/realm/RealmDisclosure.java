package dev.weft.realm;

import dev.weft.authorization.Permission;
import dev.weft.authorization.RolePermissions;
import dev.weft.session.Disclosure;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Standing;
import dev.weft.wamp.Identity;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same for every procedure and topic of a realm, but for roles whose permissions say otherwise; trust goes by the role.
 * Belongs to an event loop if there are such roles; otherwise it never changes.
 */
public final class RealmDisclosure implements DisclosurePolicy {
    /** Disclosure for those that ask for it, and no trust levels. */
    public static final RealmDisclosure PLAIN = new RealmDisclosure(Disclosure.ALLOW, Map.of());

    private final Standing usual;
    private final Map<String, Standing> byRole;
    private final Map<String, RoleDisclosure> byUri;

    /** @param trustlevels by authrole, from 0 on; sessions of other roles have none */
    public RealmDisclosure(Disclosure disclosure, Map<String, Integer> trustlevels) {
        this(
                new Standing(disclosure, -1),
                trustlevels.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, role -> new Standing(disclosure, role.getValue()))),
                Map.of());
    }

    private RealmDisclosure(Standing usual, Map<String, Standing> byRole, Map<String, RoleDisclosure> byUri) {
        this.usual = usual;
        this.byRole = byRole;
        this.byUri = Map.copyOf(byUri);
    }

    /**
     * As this one, but for a role by the URI.
     *
     * @param permissions of the role
     * @param written what those of them say that say something about disclosure
     */
    public RealmDisclosure with(String role, RolePermissions permissions, Map<Permission, Disclosure> written) {
        Map<String, RoleDisclosure> roles = new HashMap<>(byUri);
        roles.put(role, new RoleDisclosure(permissions, written, byRole.getOrDefault(role, usual)));
        return new RealmDisclosure(usual, byRole, roles);
    }

    @Override
    public Standing ofCaller(Identity caller, String procedure) {
        RoleDisclosure role = ofRole(caller);
        return role == null ? of(caller) : role.ofCall(procedure);
    }

    @Override
    public Standing ofPublisher(Identity publisher, String topic) {
        RoleDisclosure role = ofRole(publisher);
        return role == null ? of(publisher) : role.ofPublication(topic);
    }

    private @Nullable RoleDisclosure ofRole(Identity session) {
        return byUri.isEmpty() ? null : byUri.get(session.authrole());
    }

    private Standing of(Identity session) {
        return byRole.isEmpty() ? usual : byRole.getOrDefault(session.authrole(), usual);
    }

    @Override
    public boolean mayAskForCallers(Identity callee, String procedure) {
        return discloses();
    }

    @Override
    public boolean discloses() {
        return usual.disclosure() != Disclosure.REFUSE
                || byUri.values().stream().anyMatch(RoleDisclosure::discloses);
    }

    @Override
    public boolean assignsTrustLevels() {
        return !byRole.isEmpty();
    }
}
