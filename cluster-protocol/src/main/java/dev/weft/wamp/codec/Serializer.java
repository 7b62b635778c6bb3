package dev.weft.wamp.codec;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One serializer. Not thread-safe: an instance belongs to one event loop, so that it can keep scratch space and a cache
 * of the URIs it has seen.
 */
public interface Serializer {
    SerializerId id();

    /**
     * Reads one message from {@code length} bytes at {@code offset} of {@code in}, which must be exactly the message.
     * The head is parsed; the payload is checked to be well formed and within the limits and stays a view of
     * {@code in}. Does not move the indexes of {@code in}.
     *
     * @throws ProtocolViolation whatever is wrong with the bytes
     */
    WampMessage decode(ByteBuf in, int offset, int length) throws ProtocolViolation;

    /**
     * Writes all that comes before the bytes of the payload, so that {@code head + payload + tail} is the message. The
     * payload of the message must be empty or of this serializer: see {@link #accept}.
     */
    void encodeHead(WampMessage message, ByteBuf out);

    /** Writes what comes after the payload: {@code ]} in JSON, nothing in the others. */
    void encodeTail(ByteBuf out);

    /** Writes a whole message; the payload is transcoded if it is of another serializer. */
    void encode(WampMessage message, ByteBuf out);

    /**
     * The payload in this serializer: the same object if it is of this serializer already, a transcoded one otherwise.
     * Transcoding never fails for a payload that decoding accepted: see docs/serializers.md for what becomes of values
     * that the other serializer does not have.
     */
    Payload accept(Payload payload);

    /**
     * Encodes a payload of the router's own making. Values are null, Boolean, Long, Integer, Double, String, byte[],
     * List and Map with String keys.
     */
    Payload payload(@Nullable List<?> args, @Nullable Map<String, ?> kwargs);

    /** The {@code Arguments} of a payload of any serializer as Java values, as in {@link #payload}. */
    List<Object> args(Payload payload);

    /** The {@code ArgumentsKw} of a payload of any serializer as Java values, as in {@link #payload}. */
    Map<String, Object> kwargs(Payload payload);
}
