package dev.weft.wamp.codec;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.Token;
import dev.weft.wamp.codec.token.TokenReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens as Java values: Long, BigInteger beyond long, Double, String, Boolean, byte[], List, Map and null. */
final class ValueReader {
    /** The most values, keys included, in the details of a message. They are not for payload, and become objects. */
    private static final int MOST_DETAILS = 10_000;

    private final TokenReader reader;
    private final boolean details;
    private final Deque<Container> open = new ArrayDeque<>();

    private ValueReader(TokenReader reader, boolean details) {
        this.reader = reader;
        this.details = details;
    }

    /** The list that was just opened. */
    static List<Object> list(TokenReader reader) throws ProtocolViolation {
        List<Object> list = new ArrayList<>();
        new ValueReader(reader, false).fill(new Container(list, null));
        return list;
    }

    /** The dict that was just opened; of several values for a key the last one counts. */
    static Map<String, Object> dict(TokenReader reader) throws ProtocolViolation {
        Map<String, Object> dict = new LinkedHashMap<>();
        new ValueReader(reader, false).fill(new Container(null, dict));
        return dict;
    }

    /** The dict that was just opened and is part of the head of a message: its keys are strings, and no key is there twice. */
    static Map<String, Object> details(TokenReader reader) throws ProtocolViolation {
        Map<String, Object> dict = new LinkedHashMap<>();
        new ValueReader(reader, true).fill(new Container(null, dict));
        return dict;
    }

    private void fill(Container outermost) throws ProtocolViolation {
        int values = 0;
        open.push(outermost);
        while (!open.isEmpty()) {
            Container container = open.element();
            Token token = reader.next();
            if (token == Token.END) {
                open.remove();
                continue;
            }
            if (details && ++values > MOST_DETAILS) {
                throw reader.violation("too many values in details");
            }
            if (container.dict != null) {
                String key = key(token);
                if (details && container.dict.containsKey(key)) {
                    throw reader.violation("the key " + key + " is there twice");
                }
                container.dict.put(key, value(reader.next()));
            } else if (container.list != null) {
                container.list.add(value(token));
            }
        }
    }

    private String key(Token token) throws ProtocolViolation {
        if (token == Token.STRING) {
            return reader.string();
        }
        if (details) {
            throw reader.violation("a key is not a string");
        }
        return token == Token.BINARY
                ? '\0' + new String(Base64.getEncoder().encode(reader.binary()), StandardCharsets.US_ASCII)
                : String.valueOf(scalar(token));
    }

    private @Nullable Object value(Token token) {
        if (token == Token.LIST) {
            List<Object> list = new ArrayList<>();
            open.push(new Container(list, null));
            return list;
        }
        if (token == Token.DICT) {
            Map<String, Object> dict = new LinkedHashMap<>();
            open.push(new Container(null, dict));
            return dict;
        }
        return scalar(token);
    }

    private @Nullable Object scalar(Token token) {
        return switch (token) {
            case NULL -> null;
            case FALSE -> Boolean.FALSE;
            case TRUE -> Boolean.TRUE;
            case INTEGER -> reader.integer();
            case BIG_INTEGER -> reader.bigInteger();
            case FLOAT -> reader.floatValue();
            case STRING -> reader.string();
            case BINARY -> reader.binary();
            default -> throw new IllegalArgumentException("not a scalar: " + token);
        };
    }

    /** A list or dict that is being filled: one of the two is null. */
    private record Container(
            @Nullable List<Object> list, @Nullable Map<String, Object> dict) {}
}
