/**
 * The RawSocket transport (WAMP specification, "RawSocket Transport"): its handshake and the prefix of its frames, as pure
 * functions on numbers.
 */
@NullMarked
package dev.weft.wamp.rawsocket;

import org.jspecify.annotations.NullMarked;
