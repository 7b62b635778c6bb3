package dev.weft.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
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
     * What is allocated now: bytes. It is less than the sum of what waits where buffers are shared by many connections, and
     * takes some microseconds to find.
     */
    static long allocated(ByteBufAllocator allocator) {
        return allocator instanceof PooledByteBufAllocator pooled
                ? pooled.pinnedDirectMemory()
                : PlatformDependent.usedDirectMemory();
    }
}
