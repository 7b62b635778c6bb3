package dev.weft.cluster.table;

import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The retained events of a node that is a cluster by itself: in memory. */
final class LocalRetainedStore implements RetainedStore {
    private final Map<TableKey, RetainedTopic> topics = new ConcurrentHashMap<>();
    private final List<BiConsumer<TableKey, Integer>> watchers = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> retain(TableKey topic, RoutedEvent event, long millis) {
        RetainedTopic now = topics.compute(topic, (same, before) -> {
            RetainedTopic then = RetainedTopic.with(before, event, millis);
            return then.events().isEmpty() ? null : then;
        });
        int bytes = now == null ? 0 : now.bytes();
        watchers.forEach(watcher -> watcher.accept(topic, bytes));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<@Nullable StoredEvent> newest(TableKey pattern, Identity receiver) {
        if (RetainedStore.isExact(pattern)) {
            RetainedTopic found = topics.get(pattern);
            return CompletableFuture.completedStage(found == null ? null : found.newestFor(receiver));
        }
        NewestRetained newest = new NewestRetained(pattern, receiver, null);
        topics.entrySet().forEach(newest::accumulate);
        return CompletableFuture.completedStage(newest.aggregate());
    }

    @Override
    public void watch(BiConsumer<TableKey, Integer> told) {
        watchers.add(told);
        List<Map.Entry<TableKey, RetainedTopic>> present = new ArrayList<>(topics.entrySet());
        present.forEach(entry -> told.accept(entry.getKey(), entry.getValue().bytes()));
    }

    @Override
    public void close() {
        // There is nothing to end.
    }
}
