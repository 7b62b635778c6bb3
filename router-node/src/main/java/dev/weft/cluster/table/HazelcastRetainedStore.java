package dev.weft.cluster.table;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The retained events in Hazelcast. What is newest is decided by an entry processor at the owner of the topic's partition; a
 * pattern is looked for on every member.
 */
final class HazelcastRetainedStore implements RetainedStore {
    private final IMap<TableKey, RetainedTopic> topics;
    /** Who looks for a pattern waits for every member. */
    private final ExecutorService searcher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "weft-retained");
        thread.setDaemon(true);
        return thread;
    });

    HazelcastRetainedStore(HazelcastMembership membership) {
        topics = membership.hazelcast().getMap(HazelcastTables.RETAINED);
    }

    @Override
    public CompletionStage<Void> retain(TableKey topic, RoutedEvent event, long millis) {
        return HazelcastTableStore.submitted(() -> topics.submitToKey(topic, new RetainedChange.Retain(event, millis)));
    }

    @Override
    public CompletionStage<@Nullable StoredEvent> newest(TableKey pattern, Identity receiver) {
        if (RetainedStore.isExact(pattern)) {
            return HazelcastTableStore.submitted(() -> topics.submitToKey(pattern, new RetainedChange.Find(receiver)));
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> topics.aggregate(new NewestRetained(pattern, receiver, null)), searcher);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    @Override
    public void watch(BiConsumer<TableKey, Integer> told) {
        topics.addEntryListener(new Sizes(told), true);
        searcher.execute(() -> {
            for (Map.Entry<TableKey, RetainedTopic> entry : topics.entrySet()) {
                told.accept(entry.getKey(), entry.getValue().bytes());
            }
        });
    }

    @Override
    public void close() {
        searcher.shutdown();
    }

    private record Sizes(BiConsumer<TableKey, Integer> told)
            implements EntryAddedListener<TableKey, RetainedTopic>,
                    EntryUpdatedListener<TableKey, RetainedTopic>,
                    EntryRemovedListener<TableKey, RetainedTopic>,
                    EntryMergedListener<TableKey, RetainedTopic> {
        @Override
        public void entryAdded(EntryEvent<TableKey, RetainedTopic> event) {
            tell(event);
        }

        @Override
        public void entryUpdated(EntryEvent<TableKey, RetainedTopic> event) {
            tell(event);
        }

        @Override
        public void entryMerged(EntryEvent<TableKey, RetainedTopic> event) {
            tell(event);
        }

        @Override
        public void entryRemoved(EntryEvent<TableKey, RetainedTopic> event) {
            told.accept(event.getKey(), 0);
        }

        private void tell(EntryEvent<TableKey, RetainedTopic> event) {
            told.accept(event.getKey(), event.getValue().bytes());
        }
    }
}
