package dev.weft.wamp.codec;

import dev.weft.wamp.codec.token.TokenWriter;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java values as tokens. */
final class ValueWriter {
    private final TokenWriter writer;
    private final Deque<Iterator<?>> open = new ArrayDeque<>();

    ValueWriter(TokenWriter writer) {
        this.writer = writer;
    }

    void write(@Nullable Object value) {
        open.clear();
        begin(value);
        while (!open.isEmpty()) {
            Iterator<?> top = open.element();
            if (!top.hasNext()) {
                open.remove();
                close(top);
            } else if (top instanceof Entries) {
                Map.Entry<?, ?> entry = ((Entries) top).next();
                writer.string(String.valueOf(entry.getKey()));
                begin(entry.getValue());
            } else {
                begin(top.next());
            }
        }
    }

    private void close(Iterator<?> finished) {
        if (finished instanceof Entries) {
            writer.closeDict();
        } else {
            writer.closeList();
        }
    }

    private void begin(@Nullable Object value) {
        if (value instanceof Map<?, ?> dict) {
            writer.openDict(dict.size());
            open.push(new Entries(dict.entrySet().iterator()));
        } else if (value instanceof Collection<?> list) {
            writer.openList(list.size());
            open.push(list.iterator());
        } else {
            scalar(value);
        }
    }

    private void scalar(@Nullable Object value) {
        if (value == null) {
            writer.nil();
        } else if (value instanceof String text) {
            writer.string(text);
        } else if (value instanceof Boolean bool) {
            writer.bool(bool);
        } else if (value instanceof BigInteger integer) {
            writer.integer(integer);
        } else if (value instanceof Double || value instanceof Float) {
            writer.floating(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            writer.integer(number.longValue());
        } else if (value instanceof byte[] binary) {
            writer.binary(binary, 0, binary.length);
        } else {
            throw new IllegalArgumentException(
                    "no WAMP value: " + value.getClass().getName());
        }
    }

    /** The entries of a dict that is being written; told apart from the elements of a list by its class. */
    private static final class Entries implements Iterator<Map.Entry<?, ?>> {
        private final Iterator<? extends Map.Entry<?, ?>> entries;

        Entries(Iterator<? extends Map.Entry<?, ?>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Map.Entry<?, ?> next() {
            return entries.next();
        }
    }
}
