package dev.weft.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A WebSocket as frames: sends whatever a test wants. Blocking; reads give up after ten seconds. */
public final class WebSocketClient implements AutoCloseable {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;
    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** A frame received; {@code first} is its first octet. */
    public record Received(int first, byte[] payload) {
        public int opcode() {
            return first & 0xF;
        }

        /** Of a close frame. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }

        /** Of a close frame. */
        public String closeWords() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Random masks = new Random(7);

    private WebSocketClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects to a port of this machine; sends nothing. */
    public static WebSocketClient connect(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Uses a socket that is connected already, for TLS or for buffers of a certain size. */
    public static WebSocketClient over(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new WebSocketClient(socket);
    }

    /** Connects and opens a WebSocket at {@code /ws}. */
    public static WebSocketClient open(int port, String subprotocols) throws IOException {
        WebSocketClient client = connect(port);
        String response = client.request(upgrade("/ws", subprotocols));
        if (!response.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(response);
        }
        return client;
    }

    /** A good request; further header lines, each with its line end, may be added. */
    public static String upgrade(String path, String subprotocols, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + (subprotocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocols + "\r\n")
                + String.join("", headers) + "\r\n";
    }

    /** Sends a request and reads the head of the answer, and its body unless the connection is now a WebSocket. */
    public String request(String request) throws IOException {
        sendBytes(request.getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        return text.startsWith("HTTP/1.1 101 ")
                ? text
                : text + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    public void sendBytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void sendText(String text) throws IOException {
        send(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendBinary(byte[] message) throws IOException {
        send(FIN | BINARY, message);
    }

    /** Sends a masked frame in one write. */
    public void send(int first, byte[] payload) throws IOException {
        sendBytes(frame(first, payload, masks.nextInt()));
    }

    /** The bytes of a masked frame. */
    public static byte[] frame(int first, byte[] payload, int mask) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length <= 125) {
            frame.write(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(0x80 | 126);
            writeBigEndian(frame, payload.length, 2);
        } else {
            frame.write(0x80 | 127);
            writeBigEndian(frame, payload.length, 8);
        }
        writeBigEndian(frame, mask, 4);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ (mask >>> (24 - i % 4 * 8)));
        }
        return frame.toByteArray();
    }

    private static void writeBigEndian(ByteArrayOutputStream out, long number, int octets) {
        for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }

    /** The next frame, whatever it is. */
    public Received receiveFrame() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Received(first, payload);
    }

    /** The next frame that is no ping; pings are answered. */
    public Received receive() throws IOException {
        while (true) {
            Received frame = receiveFrame();
            if (frame.opcode() != PING) {
                return frame;
            }
            send(FIN | PONG, frame.payload());
        }
    }

    /** Reads on to the end of the stream; true if the peer closed properly, false if it reset the connection. */
    public boolean closedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (java.net.SocketException reset) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
