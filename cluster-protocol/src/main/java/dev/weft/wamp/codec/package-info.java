/** Serializers: bytes to messages and back, payloads from one serializer to another. */
@NullMarked
package dev.weft.wamp.codec;

import org.jspecify.annotations.NullMarked;
