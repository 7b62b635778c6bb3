package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.lane.LocalLane;
import dev.weft.link.TableChange;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an {@link OwnedEntry} is about: interest in a topic, or a session's place in a registration. */
interface Subject {
    /** Why it cannot be granted, in the eyes of this node's mirror, whatever the store says; null if it can. */
    Decision.@Nullable Refused refusal();

    CompletionStage<Decision> store(long proposedId);

    /** Stores again what was granted. */
    CompletionStage<Decision> renew(Decision.Granted granted);

    CompletionStage<Void> unstore();

    TableChange added(Decision.Granted granted);

    TableChange removed(Decision.Granted granted);

    void show(Decision.Granted granted, LocalLane lane);

    void hide(Decision.Granted granted, LocalLane lane);

    /** Whether several lanes of this node may hold it at once. */
    boolean isShared();
}
