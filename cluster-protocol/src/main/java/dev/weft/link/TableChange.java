package dev.weft.link;

/**
 * What the node that sends it holds, or holds no more. Each node speaks only of its own sessions; after the handshake it
 * tells all that it holds, ended by {@link SnapshotEnd}, and from then on every change.
 */
public sealed interface TableChange extends LinkFrame
        permits InterestAdded, InterestRemoved, CalleeAdded, CalleeRemoved, SnapshotEnd {}
