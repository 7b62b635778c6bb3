/** CBOR (RFC 8949) as tokens. */
@NullMarked
package dev.weft.wamp.codec.cbor;

import org.jspecify.annotations.NullMarked;
