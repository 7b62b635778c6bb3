package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final List<ByteBuf> buffers = new ArrayList<>();
    private ReplayWindow window = new ReplayWindow(1000);

    @AfterEach
    void nothingIsLeaked() {
        window.close();
        assertThat(window.bytes()).isZero();
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void whatIsNotAcknowledgedIsReplayedInOrder() {
        add(1, 2, 3);
        add(4);
        add(5, 6);
        assertThat(replayed(0)).containsExactly(1, 2, 3, 4, 5, 6);
        window.acknowledged(4);
        assertThat(replayed(4)).containsExactly(5, 6);
        assertThat(replayed(5)).containsExactly(6);
        assertThat(replayed(6)).isEmpty();
    }

    @Test
    void aRunIsReplayedFromItsMiddleAndKeptUntilItsEnd() {
        add(1, 2, 3);
        window.acknowledged(2);
        assertThat(window.bytes()).isEqualTo(buffers.get(0).capacity());
        assertThat(replayed(2)).containsExactly(3);
        window.acknowledged(3);
        assertThat(window.bytes()).isZero();
        assertThat(buffers.get(0).refCnt()).isZero();
    }

    @Test
    void itIsFullWhenItHoldsWhatItMay() {
        window = new ReplayWindow(2L * capacityOf(1));
        add(2);
        assertThat(window.isFull()).isFalse();
        add(3);
        assertThat(window.isFull()).isTrue();
        window.acknowledged(1);
        assertThat(window.isFull()).isFalse();
    }

    private int capacityOf(int number) {
        add(number);
        int capacity = buffers.get(0).capacity();
        window.acknowledged(1);
        return capacity;
    }

    @Test
    void aWindowOfNothingIsNeverFull() {
        window = new ReplayWindow(0);
        assertThat(window.isOpen()).isFalse();
        assertThat(window.isFull()).isFalse();
    }

    @Test
    void whoGetsAReplayCannotWriteBehindIt() {
        add(1, 2, 3);
        window.replay(1, run -> {
            assertThat(run.isWritable()).isFalse();
            assertThat(run.maxWritableBytes()).isZero();
            run.release();
        });
    }

    @Test
    void itReplaysWhatAListWould() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        window = new ReplayWindow(Long.MAX_VALUE);
        int last = 0;
        int acknowledged = 0;
        for (int turn = 0; turn < 3000; turn++) {
            int[] run = new int[1 + random.nextInt(5)];
            for (int i = 0; i < run.length; i++) {
                run[i] = ++last;
            }
            add(run);
            acknowledged += random.nextInt(last - acknowledged + 1);
            window.acknowledged(acknowledged);
            int handled = acknowledged + random.nextInt(last - acknowledged + 1);
            List<Integer> expected = new ArrayList<>();
            for (int number = handled + 1; number <= last; number++) {
                expected.add(number);
            }
            assertThat(replayed(handled)).as("seed %d, turn %d", seed, turn).isEqualTo(expected);
        }
    }

    /** A buffer of frames, each with its number and as many further octets, between octets that are no frames. */
    private void add(int... numbers) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer();
        buffers.add(buffer);
        buffer.writeLong(-1);
        int start = buffer.writerIndex();
        for (int number : numbers) {
            int more = number % 7;
            buffer.writeInt(Integer.BYTES + more).writeInt(number).writeZero(more);
        }
        window.add(buffer.retainedSlice(start, buffer.writerIndex() - start), numbers.length, buffer.capacity());
        buffer.writeLong(-1);
        buffer.release();
    }

    private List<Integer> replayed(int handled) {
        List<Integer> numbers = new ArrayList<>();
        long count = window.replay(handled, run -> {
            while (run.isReadable()) {
                int length = run.readInt();
                numbers.add(run.readInt());
                run.skipBytes(length - Integer.BYTES);
            }
            run.release();
        });
        assertThat(count).isEqualTo(numbers.size());
        return numbers;
    }
}
