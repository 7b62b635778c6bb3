package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.wamp.InvocationPolicy;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The place of one session of this node in a registration. */
record CalleeSubject(CalleeClaim claim, int loop, ClusterView view, TableStore tables, Mirror mirror)
        implements Subject {
    static TableKey keyOf(CalleeClaim claim) {
        return new TableKey(claim.realm(), claim.match(), claim.procedure());
    }

    /** A callee that is seen is on a live node: it holds the procedure also when the store has lost it, or has split. */
    @Override
    public Decision.@Nullable Refused refusal() {
        InvocationPolicy other = mirror.excluding(keyOf(claim), claim.invoke(), view.self(), claim.session());
        return other == null ? null : CalleeRoster.refusal(claim.procedure(), other);
    }

    @Override
    public CompletionStage<Decision> store(long proposedId) {
        return store(proposedId, 0, view.term());
    }

    @Override
    public CompletionStage<Decision> renew(Decision.Granted granted) {
        return store(granted.id(), granted.order(), granted.term());
    }

    private CompletionStage<Decision> store(long id, long order, long term) {
        CalleeOffer offer = new CalleeOffer(claim.invoke(), view.self(), claim.session(), id, order, term, view.term());
        return tables.addCallee(keyOf(claim), offer, view.dead());
    }

    @Override
    public CompletionStage<Void> unstore() {
        return tables.removeCallee(keyOf(claim), view.self(), claim.session());
    }

    @Override
    public CalleeAdded added(Decision.Granted granted) {
        return new CalleeAdded(
                claim.realm(),
                claim.match(),
                claim.procedure(),
                claim.invoke(),
                granted.id(),
                granted.order(),
                claim.session(),
                granted.term(),
                loop,
                claim.traits());
    }

    @Override
    public CalleeRemoved removed(Decision.Granted granted) {
        return new CalleeRemoved(claim.realm(), claim.match(), claim.procedure(), granted.id(), claim.session());
    }

    @Override
    public void show(Decision.Granted granted, LocalLane lane) {
        mirror.calleeAdded(added(granted), view.self(), lane);
    }

    @Override
    public void hide(Decision.Granted granted, LocalLane lane) {
        mirror.calleeRemoved(removed(granted), lane);
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
