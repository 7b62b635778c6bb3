package dev.weft.cluster.membership.guard;

/**
 * The keys of one connection, 32 octets each.
 *
 * @param sending for what this side sends
 * @param receiving for what the other side sends
 */
record ConnectionKeys(byte[] sending, byte[] receiving) {}
