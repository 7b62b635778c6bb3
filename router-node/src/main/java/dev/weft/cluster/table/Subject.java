package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.lane.LocalLane;
import dev.weft.link.TableChange;
import java.util.concurrent.CompletionStage;

/** What an {@link OwnedEntry} is about: interest in a topic, or a session's place in a registration. */
interface Subject {
    CompletionStage<Decision> store(long proposedId);

    CompletionStage<Void> unstore();

    TableChange added(Decision.Granted granted);

    TableChange removed(Decision.Granted granted);

    void show(Decision.Granted granted, LocalLane lane);

    void hide(Decision.Granted granted, LocalLane lane);

    /** Whether several lanes of this node may hold it at once. */
    boolean isShared();
}
