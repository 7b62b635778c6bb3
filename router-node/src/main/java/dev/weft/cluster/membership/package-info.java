/**
 * Who is in the cluster: the Hazelcast member inside this node, how it finds the others, and the view of who is
 * alive.
 */
@NullMarked
package dev.weft.cluster.membership;

import org.jspecify.annotations.NullMarked;
