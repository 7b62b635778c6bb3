package dev.weft.transport;

import io.netty.util.internal.PlatformDependent;

/**
 * How much memory what waits for all clients of a node may take. Thread-safe.
 *
 * @param bytes outside of the heap
 */
public record OutboundMemory(long bytes) {
    private static final long LARGEST_BATCH = 32 << 20;

    /** Half of what Java gives to buffers: {@code -XX:MaxDirectMemorySize}, or as much as the heap may have. */
    public static OutboundMemory ofProcess() {
        return new OutboundMemory(PlatformDependent.maxDirectMemory() / 2);
    }

    /** How much one of the event loops may hold before it looks what really is in memory: bytes. */
    long share(int loops) {
        return bytes / loops;
    }

    /** How much one of the event loops gathers before it flushes it all: bytes. */
    long batch(int loops) {
        return Math.min(LARGEST_BATCH, share(loops) / 4);
    }

    /**
     * Whether buffers take more now. That is less than the sum of what waits where connections share them. If it cannot be
     * told, the sum counts.
     */
    boolean isExceeded() {
        long used = PlatformDependent.usedDirectMemory();
        return used < 0 || used > bytes;
    }
}
