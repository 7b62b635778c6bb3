package dev.weft.transport.http;

/**
 * A node as the names of long-poll transports tell it apart.
 *
 * @param epoch of its run
 * @param owners the other nodes that may have transports
 */
public record PollNode(long epoch, PollOwners owners) {}
