/**
 * The tables that the cluster shares: who subscribes and who registers, held in Hazelcast, told over the links, and
 * mirrored on every node for routing.
 */
@NullMarked
package dev.weft.cluster.table;

import org.jspecify.annotations.NullMarked;
