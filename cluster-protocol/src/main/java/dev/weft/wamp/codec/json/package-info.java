/** JSON (RFC 8259) as tokens. */
@NullMarked
package dev.weft.wamp.codec.json;

import org.jspecify.annotations.NullMarked;
