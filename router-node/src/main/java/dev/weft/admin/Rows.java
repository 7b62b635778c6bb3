package dev.weft.admin;

import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * Rows that the admin port shows in pages. A row is a public record whose components are texts, numbers, booleans,
 * constants, or null.
 *
 * @param type of every row
 * @param source hands over every row, and is done then; it may take its time, but must not be held up itself
 */
public record Rows(Class<? extends Record> type, Source source) {
    /** Where rows come from. */
    @FunctionalInterface
    public interface Source {
        /** Calls with every row, one at a time, on a thread that may take its time; the future is done after the last. */
        Future<Void> each(Consumer<Record> row);
    }
}
