package dev.weft.cluster.table;

import com.hazelcast.aggregation.Aggregator;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.Identity;
import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the newest retained event of the topics that match, where they are: one from each member crosses. */
final class NewestRetained implements Aggregator<Map.Entry<TableKey, RetainedTopic>, @Nullable StoredEvent> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient TableKey pattern;
    private final transient UriPattern topics;
    private final transient Identity receiver;
    private transient @Nullable StoredEvent best;

    NewestRetained(TableKey pattern, Identity receiver, @Nullable StoredEvent best) {
        this.pattern = pattern;
        this.topics = new UriPattern(pattern.match(), pattern.uri());
        this.receiver = receiver;
        this.best = best;
    }

    TableKey pattern() {
        return pattern;
    }

    Identity receiver() {
        return receiver;
    }

    @Nullable
    StoredEvent best() {
        return best;
    }

    @Override
    public void accumulate(Map.Entry<TableKey, RetainedTopic> entry) {
        TableKey topic = entry.getKey();
        if (topic.realm().equals(pattern.realm()) && topics.matches(topic.uri())) {
            take(entry.getValue().newestFor(receiver));
        }
    }

    private void take(@Nullable StoredEvent candidate) {
        if (candidate != null && (best == null || candidate.isNewerThan(best))) {
            best = candidate;
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void combine(Aggregator other) {
        take(((NewestRetained) other).best);
    }

    @Override
    public @Nullable StoredEvent aggregate() {
        return best;
    }
}
