/**
 * The inter-router protocol: what travels over a lane, and the frames in which it travels between nodes. The same values
 * cross from one event loop to another and from one machine to another; only the latter need bytes.
 */
@NullMarked
package dev.weft.link;

import org.jspecify.annotations.NullMarked;
