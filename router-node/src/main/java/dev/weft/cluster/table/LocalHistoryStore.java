package dev.weft.cluster.table;

import dev.weft.directory.HistoryQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The histories of a node that is a cluster by itself: in memory, guarded by one lock. */
final class LocalHistoryStore implements HistoryStore {
    private final Map<TableKey, HistoryLog> logs = new HashMap<>();

    @Override
    public synchronized CompletionStage<?> append(
            TableKey history, List<StoredEvent> events, HistoryBounds bounds, long now) {
        logs.computeIfAbsent(history, none -> new HistoryLog(bounds)).append(events, bounds, now);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<HistoryPage> find(TableKey history, HistoryQuery query, long now) {
        HistoryLog log = logs.get(history);
        return CompletableFuture.completedStage(log == null ? HistoryLog.absent(query) : log.find(query, now));
    }
}
