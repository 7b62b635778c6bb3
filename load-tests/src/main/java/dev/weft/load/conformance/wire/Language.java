package dev.weft.load.conformance.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** A serializer, made of libraries that Weft does not use to route. Thread-safe. */
public enum Language {
    JSON("wamp.2.json", 1) {
        @Override
        byte[] encode(Object value) throws IOException {
            return TEXT.writeValueAsBytes(withText(value));
        }

        @Override
        Object decode(byte[] bytes) throws IOException {
            return plain(TEXT.readValue(bytes, Object.class));
        }
    },
    MSGPACK("wamp.2.msgpack", 2) {
        @Override
        byte[] encode(Object value) throws IOException {
            try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
                pack(packer, value);
                return packer.toByteArray();
            }
        }

        @Override
        Object decode(byte[] bytes) throws IOException {
            try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
                return unpacked(unpacker.unpackValue());
            }
        }
    },
    CBOR("wamp.2.cbor", 3) {
        @Override
        byte[] encode(Object value) throws IOException {
            return BINARY.writeValueAsBytes(value);
        }

        @Override
        Object decode(byte[] bytes) throws IOException {
            return plain(BINARY.readValue(bytes, Object.class));
        }
    };

    private static final ObjectMapper TEXT = new ObjectMapper();
    private static final ObjectMapper BINARY = new CBORMapper();

    /** JSON has no binary: a string that begins with this character stands for one, in Base64. */
    private static final String BINARY_MARK = "\0";

    /** Stands for null in lists and dicts that take none. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private final String subprotocol;
    private final int rawSocketId;

    Language(String subprotocol, int rawSocketId) {
        this.subprotocol = subprotocol;
        this.rawSocketId = rawSocketId;
    }

    String subprotocol() {
        return subprotocol;
    }

    int rawSocketId() {
        return rawSocketId;
    }

    abstract byte[] encode(Object value) throws IOException;

    /** Integers are Long, others Double, null is {@link #NULL}. */
    abstract Object decode(byte[] bytes) throws IOException;

    private static Object withText(Object value) {
        if (value instanceof byte[] bytes) {
            return BINARY_MARK + Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Language::withText).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> text = new LinkedHashMap<>();
            map.forEach((key, of) -> text.put((String) key, withText(of)));
            return text;
        }
        return value;
    }

    private static Object plain(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Integer integer) {
            return integer.longValue();
        }
        if (value instanceof String text && text.startsWith(BINARY_MARK)) {
            return Base64.getDecoder().decode(text.substring(1));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Language::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, of) -> all.put(String.valueOf(key), plain(of)));
            return all;
        }
        return value;
    }

    private static void pack(MessageBufferPacker packer, Object value) throws IOException {
        if (value instanceof Number number && (value instanceof Long || value instanceof Integer)) {
            packer.packLong(number.longValue());
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof Boolean truth) {
            packer.packBoolean(truth);
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof byte[] bytes) {
            packer.packBinaryHeader(bytes.length).addPayload(bytes);
        } else if (value instanceof List<?> list) {
            packer.packArrayHeader(list.size());
            for (Object element : list) {
                pack(packer, element);
            }
        } else if (value instanceof Map<?, ?> map) {
            packer.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                packer.packString((String) entry.getKey());
                pack(packer, entry.getValue());
            }
        } else {
            throw new IllegalArgumentException("no check sends " + value.getClass());
        }
    }

    private static Object unpacked(Value value) {
        return switch (value.getValueType()) {
            case NIL -> NULL;
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case INTEGER -> value.asIntegerValue().toLong();
            case FLOAT -> value.asFloatValue().toDouble();
            case STRING -> value.asStringValue().asString();
            case BINARY -> value.asBinaryValue().asByteArray();
            case EXTENSION -> throw new IllegalArgumentException("an extension of MessagePack is no value of WAMP");
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                value.asArrayValue().forEach(element -> list.add(unpacked(element)));
                yield List.copyOf(list);
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                value.asMapValue()
                        .entrySet()
                        .forEach(entry ->
                                map.put(entry.getKey().asStringValue().asString(), unpacked(entry.getValue())));
                yield map;
            }
        };
    }
}
