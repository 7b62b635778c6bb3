package dev.weft.directory;

import dev.weft.link.RoutedEvent;
import java.util.List;

/** What a history has to say to a {@link HistoryQuery}. */
public sealed interface HistoryAnswer {
    /** All that was asked for, in the order asked for. */
    record Found(List<PastEvent> events) implements HistoryAnswer {}

    /**
     * More than one result may hold.
     *
     * @param fitting how many of the events, from the first, it may hold
     */
    record TooLong(int fitting) implements HistoryAnswer {}

    /** The query begins or ends with an event that is not in the history, or not any more. */
    record UnknownPublication(long publication) implements HistoryAnswer {}

    /** Nobody knows now. */
    record Unavailable() implements HistoryAnswer {}

    /**
     * @param millis when its broker had it, in milliseconds since 1970
     * @param event with a kept payload
     */
    record PastEvent(long millis, RoutedEvent event) {}
}
