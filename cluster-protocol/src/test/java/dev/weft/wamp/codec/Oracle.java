package dev.weft.wamp.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ImmutableValue;
import org.msgpack.value.Value;

/** The same formats as other people wrote them. */
final class Oracle {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Negative bignums as RFC 8949 has them; Jackson's own way is one off. */
    private static final CBORMapper CBOR = new CBORMapper(CBORFactory.builder()
            .enable(CBORGenerator.Feature.ENCODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
            .enable(CBORParser.Feature.DECODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
            .build());

    private Oracle() {}

    static Object read(SerializerId id, byte[] bytes) throws IOException {
        return switch (id) {
            case JSON -> JSON.readValue(bytes, Object.class);
            case CBOR -> CBOR.readValue(bytes, Object.class);
            case MSGPACK -> unpack(bytes);
            case UBJSON -> UbjsonOracle.read(bytes);
        };
    }

    static byte[] write(SerializerId id, Object value) throws IOException {
        return switch (id) {
            case JSON -> JSON.writeValueAsBytes(asJson(value));
            case CBOR -> CBOR.writeValueAsBytes(value);
            case MSGPACK -> pack(value);
            case UBJSON -> UbjsonOracle.write(value);
        };
    }

    static boolean isJson(String text) {
        try {
            JSON.readValue(text, Object.class);
            return true;
        } catch (JsonProcessingException refused) {
            return false;
        }
    }

    /** The value as a format keeps it that has no binary, no NaN and no infinities. */
    static Object asJson(Object value) {
        if (value instanceof byte[] bytes) {
            return '\0' + Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : inside(value, Oracle::asJson);
    }

    /** The value as it is when it has been through {@code id}. */
    static Object through(SerializerId id, Object value) {
        if ((id == SerializerId.JSON || id == SerializerId.UBJSON)
                && value instanceof Double number
                && !Double.isFinite(number)) {
            return null;
        }
        if (id == SerializerId.MSGPACK
                && value instanceof BigInteger big
                && (big.signum() < 0 || big.bitLength() > Long.SIZE)) {
            return big.toString();
        }
        return inside(value, element -> through(id, element));
    }

    private static Object inside(Object value, UnaryOperator<Object> change) {
        if (value instanceof List<?> list) {
            List<Object> changed = new ArrayList<>();
            list.forEach(element -> changed.add(change.apply(element)));
            return changed;
        }
        if (value instanceof Map<?, ?> dict) {
            Map<Object, Object> changed = new LinkedHashMap<>();
            dict.forEach((key, element) -> changed.put(key, change.apply(element)));
            return changed;
        }
        return value;
    }

    private static Object unpack(byte[] bytes) throws IOException {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            ImmutableValue value = unpacker.unpackValue();
            if (unpacker.hasNext()) {
                throw new IOException("more than one value");
            }
            return plain(value);
        }
    }

    private static Object plain(Value value) {
        return switch (value.getValueType()) {
            case NIL -> null;
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case INTEGER -> {
                BigInteger integer = value.asIntegerValue().asBigInteger();
                yield integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
            }
            case FLOAT -> value.asFloatValue().toDouble();
            case STRING -> value.asStringValue().asString();
            case BINARY -> value.asBinaryValue().asByteArray();
            case EXTENSION -> value.asExtensionValue().getData();
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                value.asArrayValue().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case MAP -> {
                Map<Object, Object> dict = new LinkedHashMap<>();
                value.asMapValue()
                        .entrySet()
                        .forEach(entry -> dict.put(plain(entry.getKey()), plain(entry.getValue())));
                yield dict;
            }
        };
    }

    private static byte[] pack(Object value) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(packer, value);
            return packer.toByteArray();
        }
    }

    private static void pack(MessageBufferPacker packer, Object value) throws IOException {
        if (value == null) {
            packer.packNil();
        } else if (value instanceof Boolean bool) {
            packer.packBoolean(bool);
        } else if (value instanceof Long integer) {
            packer.packLong(integer);
        } else if (value instanceof BigInteger integer) {
            packer.packBigInteger(integer);
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof byte[] bytes) {
            packer.packBinaryHeader(bytes.length);
            packer.writePayload(bytes);
        } else if (value instanceof List<?> list) {
            packer.packArrayHeader(list.size());
            for (Object element : list) {
                pack(packer, element);
            }
        } else {
            Map<?, ?> dict = (Map<?, ?>) value;
            packer.packMapHeader(dict.size());
            for (Map.Entry<?, ?> entry : dict.entrySet()) {
                pack(packer, entry.getKey());
                pack(packer, entry.getValue());
            }
        }
    }
}
