package dev.weft.link;

/**
 * What the node that sends it holds, or holds no more. Each node speaks only of its own sessions; after the handshake it
 * tells its state and all that it holds, ended by {@link SnapshotEnd}, and from then on every change. {@link TableAudit}
 * checks in the same sequence that the receiver has it all; {@link NodeLinked} comes in it, too.
 */
public sealed interface TableChange extends LinkFrame
        permits InterestAdded,
                InterestRemoved,
                CalleeAdded,
                CalleeRemoved,
                SessionJoined,
                SessionLeft,
                TestamentAdded,
                TestamentsFlushed,
                NodeState,
                NodeLinked,
                SnapshotEnd,
                TableAudit {}
