/** MessagePack (specification version 5) as tokens. */
@NullMarked
package dev.weft.wamp.codec.msgpack;

import org.jspecify.annotations.NullMarked;
