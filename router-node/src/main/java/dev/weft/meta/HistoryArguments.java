package dev.weft.meta;

import dev.weft.directory.HistoryQuery;
import dev.weft.directory.HistoryQuery.Span;
import dev.weft.directory.HistoryQuery.Stretch;
import dev.weft.wamp.Identity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters of {@code wamp.subscription.get_events}. All that are given must hold. One that is not understood is a
 * fault: who misspelt it would get events that it did not ask for.
 */
final class HistoryArguments {
    /** A filter has a value that it cannot have; the message says which, for the client. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private Fault(String message) {
            super(message, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** RFC 3339. */
    private static final int LAST_YEAR = 9999;

    private static final Set<String> NAMES = Set.of(
            "reverse",
            "limit",
            "topic",
            "from_time",
            "after_time",
            "before_time",
            "until_time",
            "from_publication",
            "after_publication",
            "before_publication",
            "until_publication");

    private final Map<String, Object> kwargs;

    private HistoryArguments(Map<String, Object> kwargs) {
        this.kwargs = kwargs;
    }

    /** @throws Fault if one makes no sense */
    static HistoryQuery query(Map<String, Object> kwargs, Identity reader) throws Fault {
        for (String name : kwargs.keySet()) {
            if (!NAMES.contains(name)) {
                throw new Fault("there is no filter " + name);
            }
        }
        HistoryArguments given = new HistoryArguments(kwargs);
        Stretch stretch = new Stretch(
                given.publication("from_publication"),
                given.publication("after_publication"),
                given.publication("before_publication"),
                given.publication("until_publication"));
        return new HistoryQuery(reader, given.topic(), given.span(), stretch, given.reverse(), given.limit());
    }

    private boolean reverse() throws Fault {
        Object reverse = kwargs.get("reverse");
        if (reverse != null && !(reverse instanceof Boolean)) {
            throw new Fault("reverse is neither true nor false");
        }
        return Boolean.TRUE.equals(reverse);
    }

    private int limit() throws Fault {
        Object given = kwargs.get("limit");
        Long limit = MetaArguments.idOf(given);
        if (given != null && limit == null) {
            throw new Fault("limit is no whole number above 0");
        }
        return limit == null ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE);
    }

    private @Nullable String topic() throws Fault {
        Object topic = kwargs.get("topic");
        if (topic != null && !(topic instanceof String)) {
            throw new Fault("topic is no string");
        }
        return (String) topic;
    }

    private long publication(String name) throws Fault {
        Object given = kwargs.get(name);
        Long id = MetaArguments.idOf(given);
        if (given != null && id == null) {
            throw new Fault(name + " is no id");
        }
        return id == null ? 0 : id;
    }

    /** Events have whole milliseconds. */
    private Span span() throws Fault {
        Instant from = time("from_time");
        Instant after = time("after_time");
        Instant before = time("before_time");
        Instant until = time("until_time");
        long earliest = Math.max(
                from == null ? Long.MIN_VALUE : ceiling(from), after == null ? Long.MIN_VALUE : floor(after) + 1);
        long latest = Math.min(
                before == null ? Long.MAX_VALUE : ceiling(before) - 1, until == null ? Long.MAX_VALUE : floor(until));
        return new Span(earliest, latest);
    }

    private static long floor(Instant time) {
        return time.getEpochSecond() * 1000 + time.getNano() / 1_000_000;
    }

    private static long ceiling(Instant time) {
        return floor(time) + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }

    private @Nullable Instant time(String name) throws Fault {
        Object given = kwargs.get(name);
        if (given == null) {
            return null;
        }
        try {
            OffsetDateTime time = given instanceof String text ? OffsetDateTime.parse(text) : null;
            return time != null && time.getYear() >= 0 && time.getYear() <= LAST_YEAR ? time.toInstant() : faulty(name);
        } catch (DateTimeException unreadable) {
            return faulty(name);
        }
    }

    private static Instant faulty(String name) throws Fault {
        throw new Fault(name + " is no time such as 2026-01-31T12:00:00Z");
    }
}
