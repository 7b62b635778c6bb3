/**
 * WAMP as lists of plain values over plain sockets. Shares no code with Weft's own codecs, which would forgive their own
 * mistakes.
 */
@NullMarked
package dev.weft.load.conformance.wire;

import org.jspecify.annotations.NullMarked;
