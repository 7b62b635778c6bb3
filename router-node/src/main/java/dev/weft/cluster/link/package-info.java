/**
 * The links to the other nodes: one TCP connection to each, its handshake, its queue, its heartbeat, and who connects to
 * whom. The protocol is docs/inter-router-protocol.md.
 */
@NullMarked
package dev.weft.cluster.link;

import org.jspecify.annotations.NullMarked;
