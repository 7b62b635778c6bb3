package dev.weft.testkit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A RawSocket as bytes: sends whatever a test wants, and reads frames. Blocking; reads give up after ten seconds. */
public final class RawSocketClient implements AutoCloseable {
    public static final int MESSAGE = 0;
    public static final int PING = 1;
    public static final int PONG = 2;

    private static final int PATIENCE_MILLIS = 10_000;

    /** A frame received. */
    public record Received(int type, byte[] payload) {}

    private final AutoCloseable socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawSocketClient(AutoCloseable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** Connects to a port of this machine; sends nothing. */
    public static RawSocketClient connect(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Uses a socket that is connected already, for TLS or for buffers of a certain size. */
    public static RawSocketClient over(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawSocketClient(socket, socket.getInputStream(), socket.getOutputStream());
    }

    /** Connects to a Unix domain socket; sends nothing. */
    public static RawSocketClient connect(Path path) throws IOException {
        SocketAddress address = UnixDomainSocketAddress.of(path);
        SocketChannel channel = SocketChannel.open(address);
        return new RawSocketClient(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    /** Connects and shakes hands, announcing the largest message possible. */
    public static RawSocketClient open(int port, int rawSocketId) throws IOException {
        RawSocketClient client = connect(port);
        client.handshake(15, rawSocketId);
        return client;
    }

    /**
     * Shakes hands.
     *
     * @param limit the exponent of the largest message accepted, minus 9
     * @return the four octets answered
     */
    public int handshake(int limit, int rawSocketId) throws IOException {
        return handshake(0x7F000000 | limit << 20 | rawSocketId << 16);
    }

    /** Sends four octets and reads four. */
    public int handshake(int octets) throws IOException {
        sendBytes((byte) (octets >>> 24), (byte) (octets >>> 16), (byte) (octets >>> 8), (byte) octets);
        return receiveHandshake();
    }

    /** The four octets with which the peer answers a handshake. */
    public int receiveHandshake() throws IOException {
        return in.readInt();
    }

    public void sendBytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends a message in one write. */
    public void send(byte[] message) throws IOException {
        sendFrame(MESSAGE, message);
    }

    public void sendFrame(int type, byte[] payload) throws IOException {
        sendBytes(frame(type, payload));
    }

    /** The bytes of a frame. */
    public static byte[] frame(int type, byte[] payload) {
        byte[] frame = new byte[4 + payload.length];
        frame[0] = (byte) type;
        frame[1] = (byte) (payload.length >>> 16);
        frame[2] = (byte) (payload.length >>> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        return frame;
    }

    /** The next frame, whatever it is. */
    public Received receiveFrame() throws IOException {
        int header = in.readInt();
        byte[] payload = new byte[header & 0xFFFFFF];
        in.readFully(payload);
        return new Received(header >>> 24, payload);
    }

    /** The next message. Pings are answered. */
    public byte[] receive() throws IOException {
        while (true) {
            Received frame = receiveFrame();
            if (frame.type() == MESSAGE) {
                return frame.payload();
            }
            if (frame.type() == PING) {
                sendFrame(PONG, frame.payload());
            }
        }
    }

    /** Reads on to the end of the stream; true if the peer closed properly, false if it reset the connection. */
    public boolean closedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (EOFException end) {
            return true;
        } catch (java.net.SocketException reset) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }
}
