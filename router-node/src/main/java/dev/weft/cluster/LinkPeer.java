package dev.weft.cluster;

import dev.weft.cluster.link.LinkDownReason;
import dev.weft.cluster.link.PeerLink;
import dev.weft.cluster.table.AuditedLink;
import dev.weft.cluster.table.Peer;
import dev.weft.lane.Lane;
import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A link as the tables, and those who compare them, see it. */
record LinkPeer(PeerLink link) implements Peer, AuditedLink {
    @Override
    public NodeId node() {
        return link.peer();
    }

    @Override
    public void tell(TableChange change, @Nullable Runnable acknowledged) {
        if (acknowledged == null) {
            link.tell(change, null);
            return;
        }
        // The link runs what waits for it when it goes down, too; the tables are told of that separately.
        link.tell(change, () -> {
            if (link.isUp()) {
                acknowledged.run();
            }
        });
    }

    @Override
    public void fence() {
        link.close(LinkDownReason.FENCED);
    }

    @Override
    public Lane lane() {
        return link;
    }

    @Override
    public Executor loop() {
        return link::run;
    }

    @Override
    public boolean isUp() {
        return link.isUp();
    }

    @Override
    public void tell(TableChange change) {
        link.tell(change, null);
    }
}
