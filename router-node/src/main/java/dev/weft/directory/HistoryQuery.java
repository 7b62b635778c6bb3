package dev.weft.directory;

import dev.weft.wamp.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a history somebody asks for: those that are within everything said here.
 *
 * @param reader who gets no event that was not for its authid or authrole
 * @param topic of which alone; null for all
 * @param reverse whether the newest comes first
 * @param limit how many at most, of those that would come first; 1 or more
 */
public record HistoryQuery(
        Identity reader, @Nullable String topic, Span span, Stretch stretch, boolean reverse, int limit) {

    /**
     * Of time, in milliseconds since 1970.
     *
     * @param latest the last one within
     */
    public record Span(long earliest, long latest) {
        public static final Span EVER = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        public boolean includes(long millis) {
            return millis >= earliest && millis <= latest;
        }
    }

    /**
     * Of the order in which events are kept, given by publications; 0 for none.
     *
     * @param from the first one within
     * @param after the last one before it
     * @param before the first one behind it
     * @param until the last one within
     */
    public record Stretch(long from, long after, long before, long until) {
        public static final Stretch ALL = new Stretch(0, 0, 0, 0);
    }
}
