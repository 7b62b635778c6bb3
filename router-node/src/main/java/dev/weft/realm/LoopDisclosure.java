package dev.weft.realm;

import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Standing;
import dev.weft.wamp.Identity;

/** What clients of a realm are told of each other now: another policy may take over. Belongs to an event loop. */
public final class LoopDisclosure implements DisclosurePolicy {
    private DisclosurePolicy present;

    public LoopDisclosure(DisclosurePolicy present) {
        this.present = present;
    }

    void become(DisclosurePolicy next) {
        present = next;
    }

    @Override
    public Standing ofCaller(Identity caller, String procedure) {
        return present.ofCaller(caller, procedure);
    }

    @Override
    public Standing ofPublisher(Identity publisher, String topic) {
        return present.ofPublisher(publisher, topic);
    }

    @Override
    public boolean mayAskForCallers(Identity callee, String procedure) {
        return present.mayAskForCallers(callee, procedure);
    }

    @Override
    public boolean discloses() {
        return present.discloses();
    }

    @Override
    public boolean assignsTrustLevels() {
        return present.assignsTrustLevels();
    }
}
