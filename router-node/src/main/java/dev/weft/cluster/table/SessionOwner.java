package dev.weft.cluster.table;

import dev.weft.link.NodeId;

/**
 * One entry of the session table: the realm of a session and the node that it is on.
 *
 * @param asserted the term in which the node last said so
 */
record SessionOwner(String realm, NodeId node, long asserted) {}
