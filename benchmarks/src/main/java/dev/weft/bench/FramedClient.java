package dev.weft.bench;

import dev.weft.transport.Framing;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client's end of a connection, whose octets are made before anything is measured: it costs little but the system calls. */
final class FramedClient implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 1 << 20;
    private static final int BINARY = 0x82;
    private static final int LONGEST_SHORT = 125;
    private static final int MASKED = 0x80;
    private static final int TWO_OCTETS_OF_LENGTH = 126;
    private static final int MASK = 0x1234_5678;

    private final Framing framing;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Opens a connection to a listener on loopback, up to the end of the handshake of the transport. */
    FramedClient(int port, Framing framing, SerializerId serializer) throws IOException {
        this.framing = framing;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        if (framing == Framing.RAWSOCKET) {
            shakeHands(serializer);
        } else {
            upgrade(serializer);
        }
    }

    private void shakeHands(SerializerId serializer) throws IOException {
        ByteBuf hello = Unpooled.copyInt(RawSocketHandshake.of(LONGEST_MESSAGE, serializer.rawSocketId()));
        out.write(octets(hello));
        in.readInt();
    }

    private void upgrade(SerializerId serializer) throws IOException {
        String request = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: " + serializer.subprotocol() + "\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            response.append((char) in.readUnsignedByte());
        }
    }

    /** The same message so many times, of 126 to 65,535 octets, as this client sends it. */
    byte[] frames(byte[] message, int count) {
        ByteBuf frames = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            frame(message, frames);
        }
        return octets(frames);
    }

    private void frame(byte[] message, ByteBuf frames) {
        if (framing == Framing.RAWSOCKET) {
            frames.writeInt(message.length).writeBytes(message);
            return;
        }
        frames.writeByte(BINARY)
                .writeByte(MASKED | TWO_OCTETS_OF_LENGTH)
                .writeShort(message.length)
                .writeInt(MASK);
        for (int i = 0; i < message.length; i++) {
            frames.writeByte(message[i] ^ (MASK >>> (24 - i % 4 * 8)));
        }
    }

    /** Room for so many messages of that length, up to 65,535 octets, as the router frames them. */
    byte[] roomForFrames(int length, int count) {
        int header = framing == Framing.WEBSOCKET && length <= LONGEST_SHORT ? Short.BYTES : Integer.BYTES;
        return new byte[(header + length) * count];
    }

    static byte[] octets(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return octets;
    }

    /** Sends what is given and waits until the other array is filled with what comes. */
    void exchange(byte[] sent, byte[] received) throws IOException {
        out.write(sent);
        in.readFully(received);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
