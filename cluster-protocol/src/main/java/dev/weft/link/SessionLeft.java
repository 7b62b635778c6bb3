package dev.weft.link;

/**
 * A session of the sending node ended.
 *
 * @param testaments whether its testaments are published now; each node publishes them to its own subscribers
 */
public record SessionLeft(String realm, long session, boolean testaments) implements TableChange {}
