package dev.weft.load.measure;

import java.util.Collection;

/**
 * What went wrong with messages from the beginning of a run to its end, the warm-up included.
 *
 * @param lost sent and never received
 * @param doubled received again
 * @param outOfOrder received after a later one of the same stream
 */
public record Faults(long lost, long doubled, long outOfOrder) {
    public static final Faults NONE = new Faults(0, 0, 0);

    /** @param sent how many the receivers together were to get */
    public static Faults of(Collection<Receipts> receipts, long sent) {
        return new Faults(
                Math.max(
                        0,
                        sent - receipts.stream().mapToLong(Receipts::received).sum()),
                receipts.stream().mapToLong(Receipts::doubled).sum(),
                receipts.stream().mapToLong(Receipts::outOfOrder).sum());
    }

    public long total() {
        return lost + doubled + outOfOrder;
    }
}
