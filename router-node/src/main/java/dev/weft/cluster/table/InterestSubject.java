package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.lane.LocalLane;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.TableChange;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** This node's interest in a topic: there is one, however many of its event loops have subscribers. */
record InterestSubject(TableKey key, ClusterView view, TableStore tables, Mirror mirror) implements Subject {
    @Override
    public Decision.@Nullable Refused refusal() {
        return null;
    }

    @Override
    public CompletionStage<Decision> store(long proposedId) {
        return tables.addInterest(key, new InterestOffer(view.self(), proposedId, false, view.term()));
    }

    @Override
    public CompletionStage<Decision> renew(Decision.Granted granted) {
        return tables.addInterest(key, new InterestOffer(view.self(), granted.id(), true, view.term()));
    }

    @Override
    public CompletionStage<Void> unstore() {
        return tables.removeInterest(key, view.self());
    }

    @Override
    public TableChange added(Decision.Granted granted) {
        return new InterestAdded(key.realm(), key.match(), key.uri(), granted.id());
    }

    @Override
    public TableChange removed(Decision.Granted granted) {
        return new InterestRemoved(key.realm(), key.match(), key.uri(), granted.id());
    }

    @Override
    public void show(Decision.Granted granted, LocalLane lane) {
        mirror.interestAdded(key.realm(), key.match(), key.uri(), granted.id(), lane);
    }

    @Override
    public void hide(Decision.Granted granted, LocalLane lane) {
        mirror.interestRemoved(key.realm(), key.match(), key.uri(), lane);
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
