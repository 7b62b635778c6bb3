package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundQueueTest {
    private static final int MESSAGE = 158;

    private final EmbeddedQueue queue = new EmbeddedQueue();

    @AfterEach
    void close() {
        queue.close();
    }

    /** How many buffers so many messages become that are flushed together, and how large they are. */
    private int[] flushed(int messages) {
        for (int i = 0; i < messages; i++) {
            queue.write(MESSAGE);
        }
        queue.flush();
        int buffers = 0;
        int capacity = 0;
        int bytes = 0;
        for (ByteBuf buffer = queue.channel.readOutbound(); buffer != null; buffer = queue.channel.readOutbound()) {
            buffers++;
            capacity += buffer.capacity();
            bytes += buffer.readableBytes();
            buffer.release();
        }
        assertThat(bytes).isEqualTo(messages * MESSAGE);
        return new int[] {buffers, capacity};
    }

    /** A buffer more for each flush is an allocation more, and has the operating system gather. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 13, 14, 16, 26, 27, 60, 200})
    void asManyMessagesAgainAndAgainAreSoonOneBuffer(int messages) {
        for (int i = 0; i < 10; i++) {
            flushed(messages);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(flushed(messages)[0]).isEqualTo(1);
        }
    }

    @Test
    void whoIsSentLittleAgainHasASmallBufferAgain() {
        flushed(200);
        flushed(200);
        assertThat(flushed(200)[1]).isEqualTo(32 * 1024);
        for (int i = 0; i < 10; i++) {
            flushed(1);
        }
        assertThat(flushed(1)[1]).isEqualTo(512);
    }
}
