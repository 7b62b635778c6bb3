package dev.weft.wamp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A message as the vectors describe it: the components of its record that are not at their defaults. */
final class Attributes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Attributes() {}

    static JsonNode of(WampMessage message) {
        Map<String, Object> attributes = components((Record) message);
        attributes.remove("payload");
        Payload payload = message.payload();
        Serializer any = Wire.serializer(SerializerId.JSON);
        if (payload.elements() > 0) {
            attributes.put("args", plain(any.args(payload)));
        }
        if (payload.elements() > 1) {
            attributes.put("kwargs", plain(any.kwargs(payload)));
        }
        try {
            // Through text, so that a small number is the same kind of number on both sides.
            return JSON.readTree(JSON.writeValueAsBytes(attributes));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, Object> components(Record record) {
        Map<String, Object> components = new LinkedHashMap<>();
        Object defaults = constant(record);
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            boolean left = defaults == null ? value == null : Objects.equals(value, value(component, defaults));
            if (!left && !(value instanceof Record details && value.equals(constant(details)))) {
                components.put(component.getName(), plain(value));
            }
        }
        return components;
    }

    /** What the record's class calls DEFAULT; null if it has no such constant. */
    private static Object constant(Record record) {
        try {
            return record.getClass().getField("DEFAULT").get(null);
        } catch (NoSuchFieldException none) {
            return null;
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Record record) {
            return components(record);
        }
        if (value instanceof byte[] bytes) {
            return Map.of("binary", HexFormat.of().formatHex(bytes));
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> dict) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            dict.forEach((key, element) -> plain.put(key, plain(element)));
            return plain;
        }
        return value instanceof Enum<?> constant ? text(constant) : value;
    }

    private static String text(Enum<?> constant) {
        if (constant instanceof MatchPolicy match) {
            return match.text();
        }
        if (constant instanceof InvocationPolicy invoke) {
            return invoke.text();
        }
        return constant instanceof CancelMode mode ? mode.text() : ((MessageType) constant).name();
    }
}
