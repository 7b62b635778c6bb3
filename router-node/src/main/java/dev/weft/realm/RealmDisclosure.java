package dev.weft.realm;

import dev.weft.session.Disclosure;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Standing;
import dev.weft.wamp.Identity;
import java.util.Map;
import java.util.stream.Collectors;

/** The same for every procedure and topic of a realm; trust goes by the role. Never changes. */
public final class RealmDisclosure implements DisclosurePolicy {
    /** Disclosure for those that ask for it, and no trust levels. */
    public static final RealmDisclosure PLAIN = new RealmDisclosure(Disclosure.ALLOW, Map.of());

    private final Standing usual;
    private final Map<String, Standing> byRole;

    /** @param trustlevels by authrole, from 0 on; sessions of other roles have none */
    public RealmDisclosure(Disclosure disclosure, Map<String, Integer> trustlevels) {
        usual = new Standing(disclosure, -1);
        byRole = trustlevels.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, role -> new Standing(disclosure, role.getValue())));
    }

    @Override
    public Standing ofCaller(Identity caller, String procedure) {
        return of(caller);
    }

    @Override
    public Standing ofPublisher(Identity publisher, String topic) {
        return of(publisher);
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
        return usual.disclosure() != Disclosure.REFUSE;
    }

    @Override
    public boolean assignsTrustLevels() {
        return !byRole.isEmpty();
    }
}
