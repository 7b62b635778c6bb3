package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one connection. Small messages are gathered in one buffer, larger ones are buffers of their
 * own; all is flushed once per iteration of the event loop, earlier only when much has gathered. What the peer does not
 * read is bounded: see {@link #isOverfull()}. Belongs to the event loop of the connection.
 */
final class OutboundQueue implements Backlog.Waiting {
    /** Bytes up to which a message is copied into the gathered buffer. */
    static final int GATHERED = 4096;

    private static final int SMALLEST_GATHER = 512;
    private static final int LARGEST_GATHER = 32 * 1024;
    private static final int EARLY_FLUSH = 256 * 1024;

    private final ChannelHandlerContext ctx;
    private final FlushBatch flushBatch;
    private final Backlog backlog;
    private final TransportCounters counters;
    private final long maxBytes;
    private final Runnable giveUp;
    private @Nullable ByteBuf gatherBuffer;
    private @Nullable ByteBuf own;
    private @Nullable MessageBatch messageBatch;
    private int gatherCapacity = SMALLEST_GATHER;
    private long allMessages;
    private long allBytes;
    private int uncountedMessages;
    private long uncountedBytes;
    private int unflushed;
    private long stalledSince;
    private long untaken;
    private boolean stalled;
    private boolean touched;
    private boolean closed;

    /** @param giveUp closes the connection, because too much waits for all peers, and most of it for this one */
    OutboundQueue(
            ChannelHandlerContext ctx,
            FlushBatch flushBatch,
            Backlog backlog,
            TransportCounters counters,
            long maxBytes,
            Runnable giveUp) {
        this.ctx = ctx;
        this.flushBatch = flushBatch;
        this.backlog = backlog;
        this.counters = counters;
        this.maxBytes = maxBytes;
        this.giveUp = giveUp;
    }

    /** Messages are gathered in {@code target} from now on. */
    void gatherIn(MessageBatch target) {
        messageBatch = target;
    }

    /** A buffer to which the {@code bytes} bytes of a framed message are to be written now, before {@link #messageWritten}. */
    ByteBuf roomForMessage(int bytes) {
        MessageBatch gathering = messageBatch;
        if (gathering == null) {
            return room(bytes);
        }
        if (gathering.isFullFor(bytes)) {
            seal();
        }
        return gathering.room(bytes);
    }

    /** The {@code bytes} that {@link #roomForMessage} was asked for have been written to its buffer. */
    void messageWritten(int bytes) {
        if (messageBatch == null) {
            written(bytes);
        } else {
            toFlush(bytes);
        }
    }

    /** Makes one WebSocket message of the messages gathered, if there are any. */
    void seal() {
        MessageBatch gathering = messageBatch;
        int gathered = gathering == null ? 0 : gathering.waiting();
        ByteBuf sealed = gathering == null ? null : gathering.take();
        if (sealed != null) {
            uncountedBytes += sealed.readableBytes() - gathered;
            writeGathered();
            ctx.write(sealed, ctx.voidPromise());
        }
    }

    /** A buffer to which {@code bytes} bytes are to be written now, followed by {@link #written}. */
    ByteBuf room(int bytes) {
        if (bytes > GATHERED) {
            writeGathered();
            ByteBuf large = ctx.alloc().directBuffer(bytes);
            own = large;
            return large;
        }
        ByteBuf gathered = gatherBuffer;
        if (gathered != null && gathered.writableBytes() < bytes) {
            writeGathered();
            gatherCapacity = Math.min(gatherCapacity * 2, LARGEST_GATHER);
            gathered = null;
        }
        if (gathered == null) {
            gathered = ctx.alloc().directBuffer(Math.max(gatherCapacity, bytes));
            gatherBuffer = gathered;
        }
        return gathered;
    }

    /** The {@code bytes} that {@link #room} was asked for have been written to its buffer. */
    void written(int bytes) {
        ByteBuf large = own;
        if (large != null) {
            own = null;
            ctx.write(large, ctx.voidPromise());
        }
        toFlush(bytes);
    }

    /** Writes what is readable of a frame shared with other connections, without copying it if it is large. */
    void writeShared(ByteBuf frame) {
        int bytes = frame.readableBytes();
        if (messageBatch != null) {
            roomForMessage(bytes).writeBytes(frame, frame.readerIndex(), bytes);
        } else if (bytes > GATHERED) {
            writeGathered();
            ctx.write(frame.retainedDuplicate(), ctx.voidPromise());
        } else {
            room(bytes).writeBytes(frame, frame.readerIndex(), bytes);
        }
        toFlush(bytes);
    }

    void countMessage() {
        uncountedMessages++;
    }

    /** Whether more waits for the peer than may, what Netty holds included. */
    boolean isOverfull() {
        return waiting() > maxBytes;
    }

    /** What Netty holds included. */
    @Override
    public long waiting() {
        return held()
                + (gatherBuffer == null ? 0 : gatherBuffer.readableBytes())
                + (messageBatch == null ? 0 : messageBatch.waiting());
    }

    /** Bytes that the operating system has taken so far, as far as they were counted. */
    long taken() {
        return allBytes - held();
    }

    @Override
    public void giveUp() {
        giveUp.run();
    }

    private long held() {
        ChannelOutboundBuffer outbound = ctx.channel().unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    /** WAMP messages written so far. */
    long messages() {
        return allMessages + uncountedMessages;
    }

    /** Bytes written so far, framing included. */
    long bytes() {
        return allBytes + uncountedBytes;
    }

    /** Nanoseconds since when something has been waiting for the peer all the time; 0 if nothing is. */
    long stalledFor() {
        return stalled ? System.nanoTime() - stalledSince : 0;
    }

    @Override
    public void caughtUp() {
        stalled = false;
    }

    @Override
    public long recount() {
        account(held());
        return waiting();
    }

    /** Flushes all that was written; the future is done when the operating system has it. */
    ChannelFuture flushAll() {
        seal();
        writeGathered();
        count();
        return ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Drops what is not flushed. Nothing is written any more. */
    void close() {
        closed = true;
        if (stalled) {
            stalled = false;
            backlog.remove(this);
            account(0);
        }
        if (gatherBuffer != null) {
            gatherBuffer.release();
            gatherBuffer = null;
        }
        if (messageBatch != null) {
            messageBatch.release();
        }
        count();
    }

    /** Called by the {@link FlushBatch}. */
    void flushTouched() {
        touched = false;
        if (closed) {
            return;
        }
        seal();
        count();
        flush();
    }

    private void toFlush(int bytes) {
        uncountedBytes += bytes;
        unflushed += bytes;
        if (!touched) {
            touched = true;
            flushBatch.add(this);
        } else if (unflushed > EARLY_FLUSH) {
            flush();
        }
        flushBatch.grew(bytes);
    }

    private void flush() {
        if (unflushed < gatherCapacity / 4) {
            gatherCapacity = Math.max(gatherCapacity / 2, SMALLEST_GATHER);
        }
        seal();
        writeGathered();
        unflushed = 0;
        ctx.flush();
        long left = held();
        if (stalled == (left == 0)) {
            stallChanged();
        }
        if (!closed) {
            account(left);
        }
    }

    private void account(long left) {
        backlog.grew(left - untaken);
        untaken = left;
    }

    private void stallChanged() {
        if (closed) {
            return;
        }
        stalled = !stalled;
        if (stalled) {
            stalledSince = System.nanoTime();
            backlog.add(this);
        } else {
            backlog.remove(this);
        }
    }

    private void writeGathered() {
        ByteBuf gathered = gatherBuffer;
        if (gathered != null) {
            gatherBuffer = null;
            ctx.write(gathered, ctx.voidPromise());
        }
    }

    private void count() {
        if (uncountedBytes > 0) {
            counters.sent(uncountedMessages, uncountedBytes);
            allMessages += uncountedMessages;
            allBytes += uncountedBytes;
            uncountedMessages = 0;
            uncountedBytes = 0;
        }
    }
}
