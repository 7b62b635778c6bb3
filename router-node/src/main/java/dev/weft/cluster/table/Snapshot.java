package dev.weft.cluster.table;

import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Tells one peer all that this node holds, however much that is: a part at a time, the next when an earlier one has been
 * acknowledged, so that what waits on the link stays little. What is told is looked up when its turn comes; what has
 * changed meanwhile was told on its own. Confined to the control thread.
 */
final class Snapshot {
    private static final int PART = 4096;

    private final Peer peer;
    private final Iterator<? extends Announced> rest;
    private final ControlThread control;
    private final Runnable heard;
    private final Runnable end;

    /**
     * @param held is not changed by anybody
     * @param heard run when the peer has acknowledged a part
     * @param end run when it has acknowledged all
     */
    Snapshot(Peer peer, List<? extends Announced> held, ControlThread control, Runnable heard, Runnable end) {
        this.peer = peer;
        this.rest = held.iterator();
        this.control = control;
        this.heard = heard;
        this.end = end;
    }

    void tell() {
        tellPart();
        // The peer is to have work while an acknowledgement is on its way.
        if (rest.hasNext()) {
            tellPart();
        }
    }

    private void tellPart() {
        List<TableChange> part = new ArrayList<>();
        while (rest.hasNext() && part.size() < PART) {
            rest.next().announce(part::add);
        }
        if (!rest.hasNext()) {
            part.forEach(change -> peer.tell(change, null));
            peer.tell(new SnapshotEnd(), () -> control.execute(end));
            return;
        }
        int last = part.size() - 1;
        part.subList(0, last).forEach(change -> peer.tell(change, null));
        peer.tell(part.get(last), () -> control.execute(this::acknowledged));
    }

    private void acknowledged() {
        heard.run();
        if (rest.hasNext()) {
            tellPart();
        }
    }
}
