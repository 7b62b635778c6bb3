package dev.weft.wamp.codec;

import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.token.TokenReader;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.Map;

/** Opens payloads of any serializer for reading. */
final class PayloadReader {
    private final Map<SerializerId, TokenReader> readers = new EnumMap<>(SerializerId.class);

    /** A reader that stands before the {@code Arguments}. */
    TokenReader open(Payload payload) {
        TokenReader reader = readers.computeIfAbsent(payload.serializer(), Serializers::reader);
        ByteBuf buffer = payload.buffer();
        if (buffer.hasArray()) {
            int from = buffer.arrayOffset() + payload.offset();
            reader.startPayload(buffer.array(), from, from + payload.length(), payload.elements());
        } else {
            reader.startPayload(payload.bytes(), 0, payload.length(), payload.elements());
        }
        return reader;
    }
}
