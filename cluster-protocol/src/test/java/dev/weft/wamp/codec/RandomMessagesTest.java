package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of messages and payloads drawn from a seed. The seed stands in the description of a failure. */
class RandomMessagesTest {
    private static final int ROUNDS = 3_000;

    /** The types whose details are free values, which change on the way as those of payloads do. */
    private static final Set<MessageType> WITH_VALUES = EnumSet.of(
            MessageType.HELLO,
            MessageType.WELCOME,
            MessageType.ABORT,
            MessageType.CHALLENGE,
            MessageType.AUTHENTICATE,
            MessageType.GOODBYE);

    @ParameterizedTest
    @EnumSource
    void randomMessagesSurvive(SerializerId id) throws ProtocolViolation {
        Serializer serializer = Wire.serializer(id);
        for (long seed = 0; seed < ROUNDS; seed++) {
            WampMessage message = new RandomMessages(seed, serializer).next();
            byte[] bytes = Messages.encode(serializer, message);
            WampMessage decoded = Messages.decode(serializer, bytes);
            assertThat(decoded.type()).as("seed %d", seed).isEqualTo(message.type());
            assertThat(Messages.encode(serializer, decoded))
                    .as("seed %d: %s", seed, message)
                    .isEqualTo(bytes);
            assertThat(Wire.written(id, decoded.payload().bytes()))
                    .as("seed %d", seed)
                    .isEqualTo(Wire.written(id, message.payload().bytes()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeadsOfRandomMessagesAreTheSameInEverySerializer(SerializerId id) throws ProtocolViolation {
        Serializer json = Wire.serializer(SerializerId.JSON);
        Serializer serializer = Wire.serializer(id);
        for (long seed = 0; seed < ROUNDS; seed++) {
            WampMessage message = new RandomMessages(seed, json).next();
            WampMessage decoded = Messages.decode(serializer, Messages.encode(serializer, message));
            WampMessage back = Messages.decode(json, Messages.encode(json, decoded));
            assertThat(back.type()).as("seed %d", seed).isEqualTo(message.type());
            if (!WITH_VALUES.contains(message.type())) {
                assertThat(back)
                        .as("seed %d", seed)
                        .usingRecursiveComparison()
                        .withEqualsForType((a, b) -> a.elements() == b.elements(), Payload.class)
                        .isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWeWriteOthersReadTheSame(SerializerId id) throws IOException {
        Serializer serializer = Wire.serializer(id);
        for (long seed = 0; seed < ROUNDS; seed++) {
            // Jackson reads bignums of CBOR with a sign that they do not have; NumberRulesTest has them.
            SerializerId without = id == SerializerId.CBOR ? SerializerId.MSGPACK : id;
            List<?> args = (List<?>) Oracle.through(without, new RandomValues(seed).list(5));
            Payload payload = serializer.payload(args, Map.of("never", "empty"));
            byte[] list = list(id, payload);
            Object read = ((List<?>) Oracle.read(id, list)).get(0);
            Object expected = Oracle.through(id, args);
            assertThat(RandomValues.canonical(read))
                    .as("seed %d", seed)
                    .isEqualTo(RandomValues.canonical(id == SerializerId.JSON ? Oracle.asJson(expected) : expected));
        }
    }

    /** The payload as a list of its elements, which is what others can read. */
    private static byte[] list(SerializerId id, Payload payload) {
        byte[] bytes = payload.bytes();
        String opening = switch (id) {
            case JSON -> "[";
            case MSGPACK -> "92";
            case CBOR -> "82";
            case UBJSON -> "5b";
        };
        String closing = switch (id) {
            case JSON -> "]";
            case MSGPACK, CBOR -> "";
            case UBJSON -> "5d";
        };
        return Wire.bytes(id, opening + Wire.written(id, bytes) + closing);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersWriteWeReadTheSame(SerializerId id) throws IOException {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Object args = Oracle.through(id, new RandomValues(seed).list(5));
            String written = Wire.written(id, Oracle.write(id, args));
            Payload payload = Wire.decode(id, Wire.yieldOf(id, 1, written)).payload();
            assertThat(RandomValues.canonical(Wire.serializer(SerializerId.JSON).args(payload)))
                    .as("seed %d", seed)
                    .isEqualTo(RandomValues.canonical(args));
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomPayloadsSurviveEveryPathOfTranscoding(SerializerId first) {
        Serializer[] serializers = Wire.all();
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomValues values = new RandomValues(seed);
            Random random = values.random();
            Object args = values.list(5);
            Object kwargs = values.dict(4);
            Payload payload = serializers[first.ordinal()].payload((List<?>) args, Map.of("k", kwargs));
            args = Oracle.through(first, args);
            kwargs = Oracle.through(first, kwargs);
            StringBuilder path = new StringBuilder(first.name());
            for (int hop = 0; hop < 4; hop++) {
                SerializerId next = SerializerId.values()[(int) (hop == 0 ? seed % 4 : random.nextInt(4))];
                path.append(" > ").append(next);
                payload = serializers[next.ordinal()].accept(payload);
                args = Oracle.through(next, args);
                kwargs = Oracle.through(next, kwargs);
                assertThat(payload.elements()).isEqualTo(2);
                assertThat(RandomValues.canonical(serializers[random.nextInt(4)].args(payload)))
                        .as("seed %d, %s", seed, path)
                        .isEqualTo(RandomValues.canonical(args));
                assertThat(RandomValues.canonical(serializers[random.nextInt(4)].kwargs(payload)))
                        .as("seed %d, %s", seed, path)
                        .isEqualTo(RandomValues.canonical(Map.of("k", kwargs)));
            }
        }
    }
}
