package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;

/** Messages and payloads as people write them down: JSON as text, the others in hexadecimal. */
final class Wire {
    private Wire() {}

    static Serializer serializer(SerializerId id) {
        return Serializers.create(id, DecodeLimits.DEFAULT);
    }

    /** One of each, in the order of their constants. */
    static Serializer[] all() {
        return Arrays.stream(SerializerId.values()).map(Wire::serializer).toArray(Serializer[]::new);
    }

    static byte[] bytes(SerializerId id, String written) {
        return id == SerializerId.JSON
                ? written.getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(written.replace(" ", ""));
    }

    static String written(SerializerId id, byte[] bytes) {
        return id == SerializerId.JSON
                ? new String(bytes, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(bytes);
    }

    static WampMessage decode(SerializerId id, String message) {
        try {
            return Messages.decode(serializer(id), bytes(id, message));
        } catch (ProtocolViolation violation) {
            throw new AssertionError(message + ": " + violation.fault(), violation);
        }
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertViolation(SerializerId id, String message) {
        return assertViolation(id, bytes(id, message));
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertViolation(SerializerId id, byte[] message) {
        return assertThatThrownBy(() -> Messages.decode(serializer(id), message))
                .isInstanceOf(ProtocolViolation.class);
    }

    /** A YIELD around what may follow its options: {@code elements} of them. */
    static String yieldOf(SerializerId id, int elements, String payload) {
        return switch (id) {
            case JSON -> "[70,1,{}," + payload + "]";
            case MSGPACK -> "9" + (3 + elements) + "460180" + payload;
            case CBOR -> "8" + (3 + elements) + "184601a0" + payload;
            case UBJSON -> "5b554655017b7d" + payload + "5d";
        };
    }

    /** A list of one value. */
    static String listOf(SerializerId id, String value) {
        return switch (id) {
            case JSON -> "[" + value + "]";
            case MSGPACK -> "91" + value;
            case CBOR -> "81" + value;
            case UBJSON -> "5b" + value + "5d";
        };
    }

    /** What becomes of the argument {@code value}, accepted in {@code from}, in {@code to}. */
    static String transcode(SerializerId from, String value, SerializerId to) {
        Payload payload = decode(from, yieldOf(from, 1, listOf(from, value))).payload();
        String list = written(to, serializer(to).accept(payload).bytes());
        return switch (to) {
            case JSON -> list.substring(1, list.length() - 1);
            case MSGPACK, CBOR -> list.substring(2);
            case UBJSON -> list.substring(2, list.length() - 2);
        };
    }

    /** The argument {@code value} as a Java value. */
    static Object value(SerializerId from, String value) {
        Payload payload = decode(from, yieldOf(from, 1, listOf(from, value))).payload();
        List<Object> args = serializer(SerializerId.JSON).args(payload);
        return args.get(0);
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertArgumentRefused(SerializerId from, String value) {
        return assertViolation(from, yieldOf(from, 1, listOf(from, value)));
    }
}
