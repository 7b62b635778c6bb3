package dev.weft.transport.http;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents and messages of WAMP, read and written by the serializer that reads and writes those of WebSockets: the
 * same rules hold for both. Belongs to the event loop of the serializer.
 */
final class JsonBody {
    private static final byte[] YIELD = "[70,1,{},[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]]".getBytes(StandardCharsets.US_ASCII);

    private final Serializer json;

    JsonBody(Serializer json) {
        this.json = json;
    }

    /** The dict that a body is; null if it is something else, or no JSON. */
    @Nullable
    Map<?, ?> read(byte[] body) {
        ByteBuf message = Unpooled.wrappedBuffer(YIELD, body, END);
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        try {
            WampMessage wrapped = json.decode(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
            List<Object> values = json.args(wrapped.payload());
            return values.size() == 1 && values.get(0) instanceof Map<?, ?> dict ? dict : null;
        } catch (ProtocolViolation notJson) {
            return null;
        }
    }

    byte[] write(Object document) {
        byte[] list = json.payload(List.of(document), null).bytes();
        return java.util.Arrays.copyOfRange(list, 1, list.length - 1);
    }

    /** The message of these elements, as if a client had sent it. */
    WampMessage message(List<?> elements) throws ProtocolViolation {
        byte[] bytes = json.payload(elements, null).bytes();
        return json.decode(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    /** What {@code args} and {@code kwargs} of a message are in a document. */
    Map<String, Object> payload(WampMessage message) {
        return Map.of("args", json.args(message.payload()), "kwargs", json.kwargs(message.payload()));
    }
}
