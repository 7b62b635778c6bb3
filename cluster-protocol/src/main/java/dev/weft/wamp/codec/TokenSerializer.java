package dev.weft.wamp.codec;

import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.token.TokenReader;
import dev.weft.wamp.codec.token.TokenWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The serializer for any format that can be read and written as tokens. */
final class TokenSerializer implements Serializer {
    private static final int LARGEST_SCRATCH = 256 * 1024;

    private final SerializerId id;
    private final DecodeLimits limits;
    private final TokenReader reader;
    private final TokenWriter writer;
    private final MessageReader messages;
    private final MessageWriter heads;
    private final ValueWriter values;
    private final PayloadReader payloads = new PayloadReader();
    private final PayloadTranscoder transcoder = new PayloadTranscoder();
    private byte[] scratch = new byte[1024];

    TokenSerializer(SerializerId id, DecodeLimits limits) {
        this.id = id;
        this.limits = limits;
        reader = Serializers.reader(id);
        writer = Serializers.writer(id);
        messages = new MessageReader(id, reader, limits.maxUriLength());
        values = new ValueWriter(writer);
        heads = new MessageWriter(writer, values);
    }

    @Override
    public SerializerId id() {
        return id;
    }

    @Override
    public WampMessage decode(ByteBuf in, int offset, int length) throws ProtocolViolation {
        Objects.checkFromIndexSize(offset, length, in.capacity());
        if (in.hasArray()) {
            int from = in.arrayOffset() + offset;
            return decode(in, in.array(), from, from + length, in.arrayOffset());
        }
        byte[] bytes = scratch(length);
        in.getBytes(offset, bytes, 0, length);
        return decode(in, bytes, 0, length, -offset);
    }

    /** Decodes {@code bytes[from..to)}; what is at {@code base} there is at 0 in {@code in}. */
    private WampMessage decode(ByteBuf in, byte[] bytes, int from, int to, int base) throws ProtocolViolation {
        try {
            reader.startMessage(bytes, from, to, limits.maxDepth(), limits.maxElements());
            return messages.read(in, base);
        } finally {
            messages.release();
        }
    }

    private byte[] scratch(int length) {
        if (length <= scratch.length) {
            return scratch;
        }
        byte[] larger = new byte[length];
        if (length <= LARGEST_SCRATCH) {
            scratch = larger;
        }
        return larger;
    }

    @Override
    public void encodeHead(WampMessage message, ByteBuf out) {
        Payload payload = message.payload();
        if (!payload.isEmpty() && payload.serializer() != id) {
            throw new IllegalArgumentException("a payload of " + payload.serializer() + " in a message of " + id);
        }
        writeHead(message, out);
    }

    private void writeHead(WampMessage message, ByteBuf out) {
        writer.reset();
        heads.write(message);
        if (!message.payload().isEmpty()) {
            writer.beforePayload();
        }
        writer.writeTo(out);
    }

    @Override
    public void encodeTail(ByteBuf out) {
        writer.endMessage(out);
    }

    @Override
    public void encode(WampMessage message, ByteBuf out) {
        writeHead(message, out);
        accept(message.payload()).writeTo(out);
        encodeTail(out);
    }

    @Override
    public Payload accept(Payload payload) {
        if (payload.isEmpty() || payload.serializer() == id) {
            return payload;
        }
        TokenReader source = payloads.open(payload);
        try {
            writer.reset();
            transcoder.transcode(source, payload.elements(), writer);
            return Payload.of(id, payload.elements(), writer.toByteArray());
        } catch (ProtocolViolation broken) {
            throw notDecoded(broken);
        } finally {
            source.release();
        }
    }

    @Override
    public Payload payload(@Nullable List<?> args, @Nullable Map<String, ?> kwargs) {
        boolean hasKwargs = kwargs != null && !kwargs.isEmpty();
        if (!hasKwargs && (args == null || args.isEmpty())) {
            return Payload.EMPTY;
        }
        writer.reset();
        values.write(args == null ? List.of() : args);
        if (hasKwargs) {
            values.write(kwargs);
        }
        return Payload.of(id, hasKwargs ? 2 : 1, writer.toByteArray());
    }

    @Override
    public List<Object> args(Payload payload) {
        if (payload.isEmpty()) {
            return List.of();
        }
        TokenReader source = payloads.open(payload);
        try {
            source.next();
            return ValueReader.list(source);
        } catch (ProtocolViolation broken) {
            throw notDecoded(broken);
        } finally {
            source.release();
        }
    }

    @Override
    public Map<String, Object> kwargs(Payload payload) {
        if (payload.elements() < 2) {
            return Map.of();
        }
        TokenReader source = payloads.open(payload);
        try {
            source.next();
            source.skipRest();
            source.next();
            return ValueReader.dict(source);
        } catch (ProtocolViolation broken) {
            throw notDecoded(broken);
        } finally {
            source.release();
        }
    }

    private static IllegalArgumentException notDecoded(ProtocolViolation broken) {
        return new IllegalArgumentException("a payload that no decoder has accepted: " + broken.fault(), broken);
    }
}
