package dev.weft.dealer;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the callee of a call by the invocation policy of the registration ("Shared Registrations"). Callees on a node
 * that is about to leave are passed over while there are others.
 */
final class CalleeSelector {
    private CalleeSelector() {}

    /**
     * @param refused callees that turned out to be gone; they are passed over
     * @return null if no other is left
     */
    static @Nullable CalleeEntry select(Registration registration, List<CalleeEntry> refused) {
        CalleeEntry[] callees = registration.callees();
        if (callees.length == 0) {
            return null;
        }
        return switch (callees[0].invoke()) {
            case SINGLE, FIRST -> walk(callees, 0, 1, refused);
            case LAST -> walk(callees, callees.length - 1, -1, refused);
            case ROUNDROBIN -> walk(callees, registration.nextTurn(callees.length), 1, refused);
            case RANDOM -> walk(callees, ThreadLocalRandom.current().nextInt(callees.length), 1, refused);
        };
    }

    /** The first at or after {@code start}, in steps of {@code step} and around, that has not refused and will stay. */
    private static @Nullable CalleeEntry walk(CalleeEntry[] callees, int start, int step, List<CalleeEntry> refused) {
        CalleeEntry leaving = null;
        for (int i = 0; i < callees.length; i++) {
            CalleeEntry callee = callees[Math.floorMod(start + i * step, callees.length)];
            if (refused.contains(callee)) {
                continue;
            }
            if (!callee.lane().isDraining()) {
                return callee;
            }
            leaving = leaving == null ? callee : leaving;
        }
        return leaving;
    }
}
