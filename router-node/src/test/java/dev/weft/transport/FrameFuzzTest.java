package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RawSocketClient;
import dev.weft.testkit.WebSocketClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Random frames, whole and broken, in random pieces: what is read does not depend on how it was cut, nothing but a refusal
 * comes of broken ones, and no buffer is left over.
 */
class FrameFuzzTest {
    private static final int LIMIT = 2000;
    private static final int ROUNDS = 1000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    /** Writes down what it is told. */
    private static final class Log implements FrameReceiver {
        final List<String> entries = new ArrayList<>();
        private boolean receiving = true;

        @Override
        public boolean isReceiving() {
            return receiving;
        }

        @Override
        public int longestNow(int longest) {
            return longest;
        }

        @Override
        public void message(ByteBuf bytes, int offset, int length, boolean text) {
            assertThat(length).isBetween(0, LIMIT);
            entries.add((text ? "text " : "binary ") + ByteBufUtil.hexDump(bytes, offset, length));
        }

        @Override
        public void ping(ByteBuf bytes, int offset, int length) {
            entries.add("ping " + ByteBufUtil.hexDump(bytes, offset, length));
        }

        @Override
        public void peerCloses(int code) {
            receiving = false;
            entries.add("close " + code);
        }

        @Override
        public void broken(CloseReason reason, String fault) {
            assertThat(receiving).isTrue();
            receiving = false;
            entries.add("broken " + reason + " " + fault);
        }
    }

    @Test
    void webSocketFramesAreReadTheSameHoweverTheyAreCut() {
        fuzz(log -> new WebSocketReader(log, allocator, LIMIT, new MessageInflater()), FrameFuzzTest::webSocketFrames);
    }

    @Test
    void rawSocketFramesAreReadTheSameHoweverTheyAreCut() {
        fuzz(log -> new RawSocketReader(log, allocator, LIMIT, true), FrameFuzzTest::rawSocketFrames);
    }

    private void fuzz(Function<Log, Stage> reader, Function<Random, byte[]> frames) {
        long seed = Long.getLong("fuzz.seed", 20261123);
        int messages = 0;
        int broken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            byte[] bytes = frames.apply(random);
            if (random.nextInt(3) == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            List<String> whole = read(reader, bytes, bytes.length, random);
            List<String> inPieces = read(reader, bytes, 7, random);
            List<String> byOctets = read(reader, bytes, 1, random);
            assertThat(inPieces).as("seed %d", seed + round).isEqualTo(whole);
            assertThat(byOctets).as("seed %d", seed + round).isEqualTo(whole);
            messages += (int) whole.stream()
                    .filter(entry -> entry.startsWith("text") || entry.startsWith("binary"))
                    .count();
            broken += (int)
                    whole.stream().filter(entry -> entry.startsWith("broken")).count();
        }
        assertThat(messages).isGreaterThan(ROUNDS);
        assertThat(broken).isBetween(ROUNDS / 50, ROUNDS);
    }

    private List<String> read(Function<Log, Stage> reader, byte[] bytes, int longest, Random random) {
        Log log = new Log();
        Stage stage = reader.apply(log);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(Math.max(longest, 1)));
            ByteBuf in = Unpooled.buffer(length).writeBytes(bytes, at, length);
            if (log.isReceiving()) {
                stage.read(in);
            }
            in.release();
            at += length;
        }
        stage.gone();
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
        return log.entries;
    }

    private static byte[] webSocketFrames(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int opcode = random.nextInt(10) == 0 ? WebSocketClient.PING : 1 + random.nextInt(2);
            byte[] payload = payload(random, opcode == WebSocketClient.PING ? 125 : LIMIT + 10);
            boolean fragmented = opcode != WebSocketClient.PING && random.nextInt(4) == 0;
            out.writeBytes(WebSocketClient.frame(
                    fragmented ? opcode : WebSocketClient.FIN | opcode, payload, random.nextInt()));
            if (fragmented) {
                out.writeBytes(WebSocketClient.frame(WebSocketClient.FIN, payload(random, 50), random.nextInt()));
            }
        }
        return out.toByteArray();
    }

    private static byte[] rawSocketFrames(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int type = random.nextInt(5) == 0 ? random.nextInt(3) : RawSocketClient.MESSAGE;
            out.writeBytes(RawSocketClient.frame(type, payload(random, LIMIT + 10)));
        }
        return out.toByteArray();
    }

    /** Mostly short, mostly ASCII, now and then two-octet characters that a cut may split. */
    private static byte[] payload(Random random, int longest) {
        int length = random.nextInt(random.nextInt(20) == 0 ? longest : Math.min(60, longest));
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            if (random.nextInt(30) == 0 && i + 1 < length) {
                payload[i++] = (byte) 0xC3;
                payload[i] = (byte) 0xA9;
            } else {
                payload[i] = (byte) ('a' + random.nextInt(26));
            }
        }
        return payload;
    }
}
