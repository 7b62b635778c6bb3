package dev.weft.dealer;

import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * What the dealer keeps of a call that comes in chunks ("Progressive Call Invocations"). All of them go to one callee. If that
 * one turns out to be gone, each chunk that was sent comes back, and those that the caller sends meanwhile are held, so
 * that all go to the next callee in order.
 */
final class Chunks {
    private final List<Payload> back = new ArrayList<>();
    private final List<Payload> held = new ArrayList<>();
    private InvocationDetails details = InvocationDetails.DEFAULT;
    private int sent;
    private boolean complete;

    /** Whether the caller sent the last one. */
    boolean isComplete() {
        return complete;
    }

    /** The caller sent a further one. */
    void took(boolean last) {
        complete = last;
    }

    /** Those of the first one, with {@code progress}; the others get the same. */
    void details(InvocationDetails first) {
        details = first;
    }

    InvocationDetails details(boolean last) {
        return last
                ? new InvocationDetails(
                        details.caller(),
                        details.procedure(),
                        details.receiveProgress(),
                        false,
                        details.timeout(),
                        details.trustlevel(),
                        details.ppt(),
                        details.trace())
                : details;
    }

    /** One is on its way to the callee. */
    void sent() {
        sent++;
    }

    /** Whether the callee was gone, and not all that was sent to it has come back. */
    boolean isComingBack() {
        return !back.isEmpty();
    }

    void hold(Payload payload) {
        held.add(payload.keep());
    }

    /** One came back; true if it was the last of those that were sent. */
    boolean cameBack(Payload payload) {
        back.add(payload.keep());
        return back.size() == sent;
    }

    /** All there are, in order; none counts as sent any more. */
    List<Payload> takeBack() {
        List<Payload> all = new ArrayList<>(back);
        all.addAll(held);
        back.clear();
        held.clear();
        sent = 0;
        return all;
    }
}
