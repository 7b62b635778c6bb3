package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeId;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The place of one session of this node in a registration. */
record CalleeSubject(
        CalleeClaim claim, int loop, NodeId self, TableStore tables, Mirror mirror, Supplier<Set<NodeId>> dead)
        implements Subject {
    static TableKey keyOf(CalleeClaim claim) {
        return new TableKey(claim.realm(), claim.match(), claim.procedure());
    }

    @Override
    public CompletionStage<Decision> store(long proposedId) {
        CalleeOffer offer = new CalleeOffer(claim.invoke(), self, claim.session(), proposedId);
        return tables.addCallee(keyOf(claim), offer, dead.get());
    }

    @Override
    public CompletionStage<Void> unstore() {
        return tables.removeCallee(keyOf(claim), self, claim.session());
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
                0,
                loop);
    }

    @Override
    public CalleeRemoved removed(Decision.Granted granted) {
        return new CalleeRemoved(claim.realm(), claim.match(), claim.procedure(), granted.id(), claim.session());
    }

    @Override
    public void show(Decision.Granted granted, LocalLane lane) {
        mirror.calleeAdded(added(granted), lane);
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
