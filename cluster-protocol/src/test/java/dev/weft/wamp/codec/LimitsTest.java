package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static dev.weft.wamp.SerializerId.UBJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
    private static final int MANY = 100_000;
    private static final long MOST_BYTES = 64 * 1024;
    private static final long MOST_NANOS = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of(JSON, "[".repeat(MANY)),
                Arguments.of(JSON, "[70,1,{}," + "[".repeat(MANY)),
                Arguments.of(JSON, "[70,1,{}," + "[{\"a\":".repeat(MANY)),
                Arguments.of(JSON, "[70,1,{\"x\":" + "[".repeat(MANY)),
                Arguments.of(JSON, "[1,\"r\",{\"x\":" + "[".repeat(MANY)),
                Arguments.of(MSGPACK, "dd ffffffff"),
                Arguments.of(MSGPACK, "94460180 dd ffffffff"),
                Arguments.of(MSGPACK, "94460180 91 df ffffffff"),
                Arguments.of(MSGPACK, "94460180 91 dd 7fffffff"),
                Arguments.of(MSGPACK, "94460180 91 c6 7fffffff"),
                Arguments.of(MSGPACK, "94460180 91 c6 ffffffff"),
                Arguments.of(MSGPACK, "94460180 91 db 7fffffff"),
                Arguments.of(MSGPACK, "94460180 91 c9 ffffffff 01"),
                Arguments.of(MSGPACK, "9430 01 80 db 7fffffff"),
                Arguments.of(MSGPACK, "94460180" + "91".repeat(MANY)),
                Arguments.of(MSGPACK, "94460180" + "81a161".repeat(MANY)),
                Arguments.of(CBOR, "9f".repeat(MANY)),
                Arguments.of(CBOR, "84184601a0" + "9f".repeat(MANY)),
                Arguments.of(CBOR, "84184601a0" + "bf6161".repeat(MANY)),
                Arguments.of(CBOR, "84184601a0 9b ffffffffffffffff"),
                Arguments.of(CBOR, "84184601a0 9b 7fffffffffffffff"),
                Arguments.of(CBOR, "84184601a0 81 bb 4000000000000000"),
                Arguments.of(CBOR, "84184601a0 81 5b 7fffffffffffffff"),
                Arguments.of(CBOR, "84184601a0 81 7a 7fffffff"),
                Arguments.of(CBOR, "84184601a0 81 c2 5a 7fffffff"),
                Arguments.of(CBOR, "84184601a0 81 " + "c2".repeat(MANY)),
                Arguments.of(UBJSON, "5b".repeat(MANY)),
                Arguments.of(UBJSON, "5b554655017b7d" + "5b".repeat(MANY)),
                Arguments.of(UBJSON, "5b554655017b7d" + "5b7b550161".repeat(MANY)),
                Arguments.of(UBJSON, "5b554655017b7d" + "5b245b236c00000001".repeat(MANY)),
                Arguments.of(UBJSON, "5b554655017b7d 5b 5b236c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 5b234c7fffffffffffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 5b24 5a 236c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 5b24 54 234900ff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 5b24 55 236c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 7b24 5a 236c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 536c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b 486c7fffffff"),
                Arguments.of(UBJSON, "5b554655017b7d 5b " + "4e".repeat(MANY)));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aMessageThatPromisesMuchCostsLittle(SerializerId id, String written) {
        byte[] bytes = Wire.bytes(id, written);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        Serializer serializer = Wire.serializer(id);
        long allocated = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        // The best of many: the first runs are interpreted, and others may keep the machine busy.
        for (int i = 0; i < 500 && (i < 20 || nanos >= MOST_NANOS); i++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long before = System.nanoTime();
            assertRefused(serializer, in, bytes.length);
            nanos = Math.min(nanos, System.nanoTime() - before);
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - bytesBefore);
        }
        assertThat(allocated).isLessThan(MOST_BYTES);
        assertThat(nanos).isLessThan(MOST_NANOS);
    }

    private static void assertRefused(Serializer serializer, ByteBuf in, int length) {
        try {
            serializer.decode(in, 0, length);
        } catch (ProtocolViolation expected) {
            return;
        }
        throw new AssertionError("accepted");
    }

    @ParameterizedTest
    @EnumSource
    void depthIsCountedFromTheArguments(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Serializers.create(id, new DecodeLimits(3, 1000, 255));
        Messages.decode(serializer, Wire.bytes(id, nested(id, 3)));
        assertThatThrownBy(() -> Messages.decode(serializer, Wire.bytes(id, nested(id, 4))))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void aTagOfCborIsALevelLikeAList() throws ProtocolViolation {
        Serializer serializer = Serializers.create(CBOR, new DecodeLimits(3, 1000, 255));
        Messages.decode(serializer, Wire.bytes(CBOR, "84184601a0 81 8180"));
        Messages.decode(serializer, Wire.bytes(CBOR, "84184601a0 81 c1c101"));
        assertThatThrownBy(() -> Messages.decode(serializer, Wire.bytes(CBOR, "84184601a0 81 c1c1c101")))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("too deep");
    }

    private static String nested(SerializerId id, int depth) {
        String list = switch (id) {
            case JSON -> "[]";
            case MSGPACK -> "90";
            case CBOR -> "80";
            case UBJSON -> "5b5d";
        };
        for (int i = 1; i < depth; i++) {
            list = Wire.listOf(id, list);
        }
        return Wire.yieldOf(id, 1, list);
    }

    @Test
    void depthIsCountedFromTheDetails() throws ProtocolViolation {
        Serializer serializer = Serializers.create(JSON, new DecodeLimits(2, 1000, 255));
        Messages.decode(serializer, Wire.bytes(JSON, "[1,\"r\",{\"a\":{}}]"));
        assertThatThrownBy(() -> Messages.decode(serializer, Wire.bytes(JSON, "[1,\"r\",{\"a\":{\"b\":[]}}]")))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void detailsAreNoPlaceForPayload() {
        Wire.decode(JSON, "[6,{\"a\":[0" + ",0".repeat(9_998) + "]},\"a.b\"]");
        Wire.assertViolation(JSON, "[6,{\"a\":[0" + ",0".repeat(9_999) + "]},\"a.b\"]")
                .hasMessageContaining("details");
    }

    @Test
    void valuesAreCountedKeysIncluded() throws ProtocolViolation {
        String[] messages = {
            "[70,1,{},[1,{\"a\":2}]]",
            "94460180" + "920181a16102",
            "84184601a0" + "9f01bf616102ffff",
            "5b554655017b7d" + "5b55017b55016155027d5d5d"
        };
        for (SerializerId id : SerializerId.values()) {
            byte[] bytes = Wire.bytes(id, messages[id.ordinal()]);
            Messages.decode(Serializers.create(id, new DecodeLimits(9, 9, 255)), bytes);
            assertThatThrownBy(() -> Messages.decode(Serializers.create(id, new DecodeLimits(9, 7, 255)), bytes))
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("too many values");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUriIsNotLongerThanItMayBe(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Serializers.create(id, new DecodeLimits(9, 9, 5));
        Messages.decode(serializer, subscribe(id, "ü.ü.ü"));
        assertThatThrownBy(() -> Messages.decode(serializer, subscribe(id, "ü.ü.üü")))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("SUBSCRIBE.Topic must be at most 5 characters long");
    }

    private static byte[] subscribe(SerializerId id, String topic) {
        return Messages.encode(Wire.serializer(id), new Subscribe(1, SubscribeOptions.DEFAULT, topic));
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatCameBeforeCostsOnlyItsRecord(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Wire.serializer(id);
        byte[] bytes = Messages.encode(
                serializer,
                Samples.all(serializer).stream()
                        .filter(message -> message.type() == MessageType.CALL)
                        .findFirst()
                        .orElseThrow());
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        serializer.decode(in, 0, bytes.length);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            serializer.decode(in, 0, bytes.length);
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1000).isLessThanOrEqualTo(96);
    }
}
