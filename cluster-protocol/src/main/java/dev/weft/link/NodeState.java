package dev.weft.link;

/**
 * What the sending node says of itself: first of each snapshot, and whenever it changes.
 *
 * @param draining whether the node is about to leave: its callees are chosen only where there is no other
 * @param term the latest term of the cluster's membership that the node knows
 */
public record NodeState(boolean draining, long term) implements TableChange {}
