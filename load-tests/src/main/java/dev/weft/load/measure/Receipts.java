package dev.weft.load.measure;

import io.netty.util.collection.LongObjectHashMap;

/** What one receiver has of each stream, by subscription. Event loop only. */
public final class Receipts {
    private static final int STREAM_BITS = 24;

    private final LongObjectHashMap<Integer> ordinals = new LongObjectHashMap<>(2);
    private final LongObjectHashMap<SequenceCheck> checks = new LongObjectHashMap<>(2);
    private long received;

    /**
     * @param subscription the router's number of it, or 0
     * @param stream 24 bits
     * @return whether it comes for the first time
     */
    public boolean receive(long subscription, int stream, long number) {
        Integer ordinal = ordinals.get(subscription);
        if (ordinal == null) {
            ordinal = ordinals.size();
            ordinals.put(subscription, ordinal);
        }
        long key = (long) ordinal << STREAM_BITS | stream;
        SequenceCheck check = checks.get(key);
        if (check == null) {
            check = new SequenceCheck();
            checks.put(key, check);
        }
        if (!check.receive(number)) {
            return false;
        }
        received++;
        return true;
    }

    /** Without those that came again. */
    public long received() {
        return received;
    }

    public long doubled() {
        return checks.values().stream().mapToLong(SequenceCheck::doubled).sum();
    }

    public long outOfOrder() {
        return checks.values().stream().mapToLong(SequenceCheck::outOfOrder).sum();
    }
}
