/** Lanes: the ordered one-way queues to the places where sessions live, be it an event loop of this node or another node. */
@NullMarked
package dev.weft.lane;

import org.jspecify.annotations.NullMarked;
