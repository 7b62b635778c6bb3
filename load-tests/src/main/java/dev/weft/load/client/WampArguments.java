package dev.weft.load.client;

import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.IntObjectHashMap;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The argument of messages in one serializer: a text of a given size that ends with the stamp. It is encoded once for each
 * size, and then only the stamp is written anew. Event loop only.
 */
final class WampArguments {
    private final Serializer serializer;

    /** What comes after the text in a payload that holds nothing else. */
    private final int tail;

    private final IntObjectHashMap<Payload> bySize = new IntObjectHashMap<>();

    WampArguments(Serializer serializer) {
        this.serializer = serializer;
        this.tail = tail(serializer.id());
    }

    private static int tail(SerializerId id) {
        return switch (id) {
            case JSON -> "\"]".length();
            case UBJSON -> "]".length();
            case MSGPACK, CBOR -> 0;
        };
    }

    /**
     * A payload to be encoded at once: the next one of the same size is the same object.
     *
     * @param size of the text in octets, {@link Stamp#LENGTH} at least
     */
    Payload of(int size, Stamp stamp) {
        Payload payload = bySize.get(size);
        if (payload == null) {
            byte[] encoded = serializer.payload(List.of("x".repeat(size)), null).bytes();
            payload = Payload.view(serializer.id(), 1, Unpooled.wrappedBuffer(encoded), 0, encoded.length);
            bySize.put(size, payload);
        }
        stamp.write(payload.buffer(), payload.length() - tail - Stamp.LENGTH);
        return payload;
    }

    /** @return false if the payload is not one of these */
    boolean read(Payload payload, Stamp stamp) {
        int end = payload.offset() + payload.length() - tail;
        boolean atEnd = payload.length() >= Stamp.LENGTH && stamp.read(payload.buffer(), end - Stamp.LENGTH);
        return atEnd || readDecoded(payload, stamp);
    }

    /** A router may add empty keyword arguments, or blanks. */
    private boolean readDecoded(Payload payload, Stamp stamp) {
        List<Object> args = payload.isEmpty() ? List.of() : serializer.args(payload);
        if (args.isEmpty() || !(args.get(0) instanceof String text)) {
            return false;
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        return stamp.read(bytes, bytes.writerIndex() - Stamp.LENGTH);
    }
}
