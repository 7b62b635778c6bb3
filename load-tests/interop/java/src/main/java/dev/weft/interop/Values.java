package dev.weft.interop;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Values between the suite's notation and the client's.
 *
 * <p>autobahn-java does not write bytes in JSON as the WAMP specification says (U+0000 and base64), so with JSON the
 * application does it.
 */
final class Values {

    private static final String BYTES = "$bytes";

    private final boolean binaryAsString;

    Values(boolean binaryAsString) {
        this.binaryAsString = binaryAsString;
    }

    Object fromCommand(Object value) {
        if (value instanceof Map<?, ?> map && map.get(BYTES) instanceof String hex) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return binaryAsString ? '\0' + Base64.getEncoder().encodeToString(bytes) : bytes;
        }
        return mapped(value, this::fromCommand);
    }

    Object toAnswer(Object value) {
        if (value instanceof byte[] bytes) {
            return Map.of(BYTES, HexFormat.of().formatHex(bytes));
        }
        if (binaryAsString && value instanceof String text && text.startsWith("\0")) {
            return Map.of(BYTES, HexFormat.of().formatHex(Base64.getDecoder().decode(text.substring(1))));
        }
        return mapped(value, this::toAnswer);
    }

    private static Object mapped(Object value, UnaryOperator<Object> element) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(element.apply(each)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, element.apply(each)));
            return copy;
        }
        return value;
    }
}
