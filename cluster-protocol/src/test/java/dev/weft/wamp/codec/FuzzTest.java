package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that nobody meant to send, drawn from a seed, which stands with the bytes in the description of a failure. */
class FuzzTest {
    private static final int MUTATIONS = 80_000;
    private static final int RANDOM = 20_000;
    private static final int[] TELLING = {
        '"', '\\', '[', ']', '{', '}', ',', ':', '0', '-', '.', 'e', 'u', 0x00, 0x7f, 0x80, 0x9f, 0xbf, 0xc1, 0xc2,
        0xc7, 0xcf, 0xd8, 0xd9, 0xdc, 0xdd, 0xdf, 0xed, 0xf4, 0xf7, 0xf8, 0xf9, 0xff, 0x1f, 0x3f, 0x5f, 0x5b, 0x7b,
        0x9b, 0xbb
    };

    @ParameterizedTest
    @EnumSource
    void mutatedMessagesAreMessagesOrViolations(SerializerId id) {
        Serializer[] all = Wire.all();
        int accepted = 0;
        byte[] original = {};
        for (int seed = 0; seed < MUTATIONS; seed++) {
            if (seed % 10 == 0) {
                Serializer serializer = all[id.ordinal()];
                original = Messages.encode(serializer, new RandomMessages(seed, serializer).next());
            }
            Random random = new Random(seed);
            accepted += check(all, id, mutated(original, random), seed) ? 1 : 0;
        }
        assertThat(accepted).isBetween(MUTATIONS / 50, MUTATIONS - MUTATIONS / 10);
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesAreMessagesOrViolations(SerializerId id) {
        Serializer[] all = Wire.all();
        byte[] beginning = Wire.bytes(id, Wire.yieldOf(id, 1, "")).clone();
        for (int seed = 0; seed < RANDOM; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Arrays.copyOf(beginning, beginning.length + random.nextInt(40));
            for (int i = random.nextBoolean() ? 0 : beginning.length - 1; i < bytes.length; i++) {
                bytes[i] =
                        (byte) (random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt(256));
            }
            check(all, id, bytes, seed);
        }
    }

    /** Whether the bytes are a message; fails if they are anything but a message or a violation. */
    private static boolean check(Serializer[] all, SerializerId id, byte[] bytes, int seed) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            WampMessage message = all[id.ordinal()].decode(in, 0, bytes.length);
            checkPayload(all, message.payload(), bytes.length);
            for (Serializer serializer : all) {
                serializer.encode(message, Unpooled.buffer());
            }
            byte[] again = Messages.encode(all[id.ordinal()], message);
            assertThat(Messages.encode(all[id.ordinal()], Messages.decode(all[id.ordinal()], again)))
                    .isEqualTo(again);
            return true;
        } catch (ProtocolViolation violation) {
            assertThat(violation.fault()).isNotBlank();
            return false;
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ", bytes " + HexFormat.of().formatHex(bytes), failure);
        }
    }

    private static void checkPayload(Serializer[] all, Payload payload, int length) throws ProtocolViolation {
        if (payload.isEmpty()) {
            return;
        }
        assertThat(payload.offset()).isNotNegative();
        assertThat(payload.offset() + payload.length()).isLessThanOrEqualTo(length);
        for (Serializer serializer : all) {
            Payload accepted = serializer.accept(payload);
            serializer.args(accepted);
            serializer.kwargs(accepted);
            String written = Wire.written(serializer.id(), accepted.bytes());
            byte[] message = Wire.bytes(serializer.id(), Wire.yieldOf(serializer.id(), accepted.elements(), written));
            if (serializer.id() != SerializerId.JSON || payload.serializer() != SerializerId.JSON) {
                Messages.decode(serializer, message);
            }
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int left = 1 + random.nextInt(3); left > 0 && bytes.length > 0; left--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = spliced(bytes, at, at + random.nextInt(bytes.length - at));
                default -> bytes = spliced(bytes, at, random.nextInt(bytes.length));
            }
        }
        return bytes;
    }

    /** What is before {@code to} and what is from {@code from}: something left out, or something there twice. */
    private static byte[] spliced(byte[] bytes, int to, int from) {
        byte[] spliced = Arrays.copyOf(bytes, to + bytes.length - from);
        System.arraycopy(bytes, from, spliced, to, bytes.length - from);
        return spliced;
    }

    @Test
    void weAcceptAsJsonWhatOthersAcceptAsJson() {
        Serializer json = Wire.serializer(SerializerId.JSON);
        int accepted = 0;
        for (int seed = 0; seed < MUTATIONS / 2; seed++) {
            Random random = new Random(seed);
            RandomValues values = new RandomValues(seed / 10);
            byte[] original =
                    json.payload(values.list(3), Map.of("k", values.string())).bytes();
            byte[] list = mutated(list(original), random);
            for (int i = 0; i < list.length; i++) {
                list[i] &= 0x7f;
            }
            boolean ours = accepts(json, list);
            accepted += ours ? 1 : 0;
            String text = new String(list, StandardCharsets.US_ASCII);
            assertThat(ours).as("seed %d: %s", seed, text).isEqualTo(Oracle.isJson(text));
        }
        assertThat(accepted).isGreaterThan(MUTATIONS / 100);
    }

    private static byte[] list(byte[] payload) {
        return ("[" + new String(payload, StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the bytes are well formed, as the first of the arguments. */
    private static boolean accepts(Serializer json, byte[] value) {
        byte[] before = "[70,1,{},[".getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(before, before.length + value.length + 2);
        System.arraycopy(value, 0, message, before.length, value.length);
        Arrays.fill(message, message.length - 2, message.length, (byte) ']');
        try {
            Payload payload = Messages.decode(json, message).payload();
            return payload.elements() == 1 && json.args(payload).size() == 1;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    @Test
    void whatWeAcceptAsMessagePackOthersRead() throws IOException {
        Serializer msgpack = Wire.serializer(SerializerId.MSGPACK);
        int accepted = 0;
        for (int seed = 0; seed < MUTATIONS / 2; seed++) {
            byte[] bytes =
                    mutated(Messages.encode(msgpack, new RandomMessages(seed / 10, msgpack).next()), new Random(seed));
            try {
                Messages.decode(msgpack, bytes);
            } catch (ProtocolViolation refused) {
                continue;
            }
            accepted++;
            assertThat(Oracle.read(SerializerId.MSGPACK, bytes))
                    .as("seed %d", seed)
                    .isNotNull();
        }
        assertThat(accepted).isPositive();
    }
}
