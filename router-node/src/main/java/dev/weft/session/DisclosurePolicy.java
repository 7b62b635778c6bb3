package dev.weft.session;

import dev.weft.wamp.Identity;

/**
 * Decides what callees and subscribers are told of the sessions of this node, for each call and publication anew: the
 * answers are to be made beforehand. What it says is stamped on what the node forwards, and no other node changes it.
 * Called on any event loop; must not block.
 */
public interface DisclosurePolicy {
    /** Of a call of {@code procedure}. */
    Standing ofCaller(Identity caller, String procedure);

    /** Of a publication to {@code topic}. */
    Standing ofPublisher(Identity publisher, String topic);

    /** Whether a callee may ask, by {@code disclose_caller}, to be told who calls; it gets no more than the caller's standing allows. */
    boolean mayAskForCallers(Identity callee, String procedure);

    /** Whether anyone's identity can be disclosed at all: only then the router announces that it does so. */
    boolean discloses();

    /** Whether any trust level is assigned. */
    boolean assignsTrustLevels();
}
