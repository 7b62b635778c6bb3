package dev.weft.transport;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Messages as bytes. */
final class Samples {
    private Samples() {}

    static byte[] call(SerializerId id, String argument) {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        ByteBuf out = Unpooled.buffer();
        serializer.encode(
                new Call(1, CallOptions.DEFAULT, "com.example.echo", serializer.payload(List.of(argument), Map.of())),
                out);
        return ByteBufUtil.getBytes(out);
    }

    /** A CALL in JSON of exactly so many bytes. */
    static byte[] callOfSize(int bytes) {
        int rest = bytes - call(SerializerId.JSON, "").length;
        return call(SerializerId.JSON, "x".repeat(rest));
    }

    static WampMessage decoded(Serializer serializer, byte[] message) {
        try {
            return serializer.decode(Unpooled.wrappedBuffer(message), 0, message.length);
        } catch (ProtocolViolation violation) {
            throw new AssertionError(violation);
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
