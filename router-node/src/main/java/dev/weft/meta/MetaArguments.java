package dev.weft.meta;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.WampId;
import dev.weft.wamp.codec.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call of one of the router's procedures. What is null counts as left out. */
record MetaArguments(List<Object> args, Map<String, Object> kwargs) {
    static MetaArguments of(Payload payload, Serializer serializer) {
        return new MetaArguments(serializer.args(payload), serializer.kwargs(payload));
    }

    @Nullable
    Object arg(int index) {
        return index < args.size() ? args.get(index) : null;
    }

    /** The id at {@code index}; null if there is none. */
    @Nullable
    Long id(int index) {
        return idOf(arg(index));
    }

    /** The string at {@code index}; null if there is none. */
    @Nullable
    String text(int index) {
        return arg(index) instanceof String text ? text : null;
    }

    /** {@code match} of the options at {@code index}; exact if there are none, null if it is no match policy. */
    @Nullable
    MatchPolicy match(int index) {
        Object options = arg(index);
        if (options == null) {
            return MatchPolicy.EXACT;
        }
        Object match = options instanceof Map<?, ?> dict ? dict.get("match") : "";
        return match == null ? MatchPolicy.EXACT : match instanceof String text ? MatchPolicy.of(text) : null;
    }

    /** Why something is taken from a session: at {@code index}, or by name. */
    String reason(int index) {
        Object named = kwargs.get("reason");
        String given = named instanceof String text ? text : text(index);
        return given == null ? "removed by another session" : given;
    }

    /** Clients in JavaScript have one kind of number, and some write large integers as floats. */
    static @Nullable Long idOf(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number)) {
            return WampId.isValid(number.longValue()) ? number.longValue() : null;
        }
        return value instanceof Long number && WampId.isValid(number) ? number : null;
    }

    /** A list whose elements are all of one kind; null if it is none. */
    static <T> @Nullable List<T> listOf(Class<T> type, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        List<T> typed = new ArrayList<>(list.size());
        for (Object element : list) {
            Object candidate = type == Long.class ? idOf(element) : element;
            if (!type.isInstance(candidate)) {
                return null;
            }
            typed.add(type.cast(candidate));
        }
        return typed;
    }
}
