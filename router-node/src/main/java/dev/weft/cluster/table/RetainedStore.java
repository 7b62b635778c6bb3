package dev.weft.cluster.table;

import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The retained events of the cluster. Each method is atomic for its topic. Never blocks; stages complete on any thread,
 * exceptionally if it is unknown what came of it. Thread-safe.
 */
interface RetainedStore extends AutoCloseable {
    /**
     * See {@link RetainedTopic#with}. Can be repeated without harm.
     *
     * @param topic exact
     * @param millis since 1970, now
     */
    CompletionStage<Void> retain(TableKey topic, RoutedEvent event, long millis);

    /** The newest event of the topics that match which {@code receiver} would have got. */
    CompletionStage<@Nullable StoredEvent> newest(TableKey pattern, Identity receiver);

    /** @param told of each topic how many bytes are retained of it whenever that changes: 0 if nothing; on any thread */
    void watch(BiConsumer<TableKey, Integer> told);

    @Override
    void close();

    /** The topic of its own that a pattern without wildcards is. */
    static boolean isExact(TableKey pattern) {
        return pattern.match() == MatchPolicy.EXACT;
    }
}
