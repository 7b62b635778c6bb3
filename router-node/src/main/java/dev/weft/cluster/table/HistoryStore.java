package dev.weft.cluster.table;

import dev.weft.directory.HistoryQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The histories of the cluster. Each method is atomic for its history. Never blocks; stages complete on any thread,
 * exceptionally if it is unknown what came of it. Thread-safe.
 */
interface HistoryStore {
    /** See {@link HistoryLog#append}. Can be repeated without harm. */
    CompletionStage<?> append(TableKey history, List<StoredEvent> events, HistoryBounds bounds, long now);

    /** See {@link HistoryLog#find}. */
    CompletionStage<HistoryPage> find(TableKey history, HistoryQuery query, long now);
}
