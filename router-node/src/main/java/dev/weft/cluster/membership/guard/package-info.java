/**
 * The guard of Hazelcast's port. Hazelcast itself has neither passwords nor encryption for members: here a connection between
 * two members first proves on both ends that they know the cluster's key, and then carries nothing that is not encrypted and
 * authenticated with keys of that connection. Hooked in where Hazelcast makes its connections: it is internal to Hazelcast
 * and may change with its version, which the tests with strangers would show.
 */
@NullMarked
package dev.weft.cluster.membership.guard;

import org.jspecify.annotations.NullMarked;
