package dev.weft.link;

/**
 * The sending node is linked with another one. The receiver, which may not know that one, can call it or wait for it.
 *
 * @param host where {@code node} listens for links; 1 to 255 octets, as the name of the node
 * @param port 1 to 65,535
 */
public record NodeLinked(NodeId node, String host, int port) implements TableChange {}
