package dev.weft.cluster.table;

import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.directory.HistoryQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The histories in Hazelcast: what comes after what is decided at the owner of the history's partition. */
final class HazelcastHistoryStore implements HistoryStore {
    private final IMap<TableKey, HistoryLog> logs;

    HazelcastHistoryStore(HazelcastMembership membership) {
        logs = membership.hazelcast().getMap(HazelcastTables.HISTORIES);
    }

    @Override
    public CompletionStage<?> append(TableKey history, List<StoredEvent> events, HistoryBounds bounds, long now) {
        return HazelcastTableStore.submitted(
                () -> logs.submitToKey(history, new HistoryChange.Append(events, bounds, now)));
    }

    @Override
    public CompletionStage<HistoryPage> find(TableKey history, HistoryQuery query, long now) {
        return HazelcastTableStore.submitted(() -> logs.submitToKey(history, new HistoryChange.Find(query, now)));
    }
}
