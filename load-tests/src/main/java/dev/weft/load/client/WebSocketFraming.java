package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * WAMP over WebSocket (RFC 6455), deflated (RFC 7692) if the endpoint says so, without other extensions. Frames are masked, as a router may insist on that and has to undo it;
 * the key is always the same, as nothing here needs protecting from proxies.
 */
final class WebSocketFraming implements Framing {
    private static final ByteBuf END_OF_HEAD = Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII);
    private static final int LONGEST_HEAD = 8192;

    private static final int FIN = 0x80;
    private static final int DEFLATED = 0x40;
    private static final int MASKED = 0x80;
    private static final int MASK = 0x5a3c96e1;
    private static final long MASK_TWICE = (MASK & 0xffffffffL) << 32 | (MASK & 0xffffffffL);

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Endpoint endpoint;
    private final SerializerId serializer;

    /** The message before it is masked. */
    private final ByteBuf scratch;

    private final @Nullable MessageDeflate deflate;
    private boolean isDeflated;

    /**
     * @param scratch may be shared by all connections of an event loop
     * @param deflate may be shared as well; null for messages as they are
     */
    WebSocketFraming(Endpoint endpoint, SerializerId serializer, ByteBuf scratch, @Nullable MessageDeflate deflate) {
        this.endpoint = endpoint;
        this.serializer = serializer;
        this.scratch = scratch;
        this.deflate = deflate;
    }

    @Override
    public void writeOpening(ByteBuf out) {
        String request = "GET " + endpoint.path() + " HTTP/1.1\r\n"
                + "Host: " + endpoint.host() + ":" + endpoint.port() + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + (deflate == null ? "" : "Sec-WebSocket-Extensions: " + MessageDeflate.OFFER + "\r\n")
                + "Sec-WebSocket-Protocol: " + serializer.subprotocol() + "\r\n\r\n";
        out.writeCharSequence(request, StandardCharsets.US_ASCII);
    }

    @Override
    public boolean readOpening(ByteBuf in) throws ProtocolViolation {
        int at = ByteBufUtil.indexOf(END_OF_HEAD, in);
        if (at < 0 && in.readableBytes() < LONGEST_HEAD) {
            return false;
        }
        int length = at < 0 ? LONGEST_HEAD : at - in.readerIndex();
        String head = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        in.skipBytes(at < 0 ? 0 : END_OF_HEAD.readableBytes());
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new ProtocolViolation("the router refuses the WebSocket: "
                    + head.lines().findFirst().orElse(""));
        }
        if (!head.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: " + serializer.subprotocol())) {
            throw new ProtocolViolation("the router does not speak " + serializer.subprotocol());
        }
        if (deflate != null && !head.contains("permessage-deflate")) {
            throw new ProtocolViolation("the router does not agree to permessage-deflate");
        }
        return true;
    }

    @Override
    public void write(Serializer encoder, WampMessage message, ByteBuf out) {
        scratch.clear();
        encoder.encode(message, scratch);
        int opcode = serializer.isText() ? TEXT : BINARY;
        if (deflate == null) {
            write(opcode, scratch, out);
        } else {
            write(DEFLATED | opcode, deflate.deflate(scratch), out);
        }
    }

    private static void write(int opcode, ByteBuf message, ByteBuf out) {
        int length = message.readableBytes();
        out.writeByte(FIN | opcode);
        if (length < 126) {
            out.writeByte(MASKED | length);
        } else if (length < 1 << 16) {
            out.writeByte(MASKED | 126).writeShort(length);
        } else {
            out.writeByte(MASKED | 127).writeLong(length);
        }
        out.writeInt(MASK);
        for (int left = length >>> 3; left > 0; left--) {
            out.writeLong(message.readLong() ^ MASK_TWICE);
        }
        for (int shift = 24; message.isReadable(); shift = shift == 0 ? 24 : shift - 8) {
            out.writeByte(message.readByte() ^ MASK >>> shift);
        }
    }

    @Override
    public int next(ByteBuf in, StreamHandler answers) throws ProtocolViolation {
        if (in.readableBytes() < 2) {
            return INCOMPLETE;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int announced = in.getUnsignedByte(start + 1);
        int headerLength = announced < 126 ? 2 : announced == 126 ? 4 : 10;
        if (in.readableBytes() < headerLength) {
            return INCOMPLETE;
        }
        long length =
                announced < 126 ? announced : announced == 126 ? in.getUnsignedShort(start + 2) : in.getLong(start + 2);
        if (in.readableBytes() - headerLength < length) {
            return INCOMPLETE;
        }
        in.skipBytes(headerLength);
        return take(first, (int) length, in, answers);
    }

    @Override
    public WampMessage decode(Serializer decoder, ByteBuf in, int start, int length) throws ProtocolViolation {
        if (!isDeflated) {
            return decoder.decode(in, start, length);
        }
        if (deflate == null) {
            throw new ProtocolViolation("the router deflates a message, which was not agreed to");
        }
        ByteBuf message = deflate.inflate(in, start, length);
        return decoder.decode(message, 0, message.readableBytes());
    }

    private int take(int first, int length, ByteBuf in, StreamHandler answers) throws ProtocolViolation {
        int opcode = first & 0x0f;
        if ((first & FIN) == 0 || opcode == CONTINUATION) {
            throw new ProtocolViolation("the router sends a message in fragments, which this client does not read");
        }
        switch (opcode) {
            case TEXT, BINARY -> {
                isDeflated = (first & DEFLATED) != 0;
                return length;
            }
            case PING -> write(PONG, in.readSlice(length), answers.out());
            case CLOSE ->
                throw new ProtocolViolation("the router closes the WebSocket with the code "
                        + (length >= 2 ? in.getUnsignedShort(in.readerIndex()) : "none"));
            default -> in.skipBytes(length);
        }
        return CONTROL;
    }
}
