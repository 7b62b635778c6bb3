package dev.weft.load.conformance.wire;

import dev.weft.load.client.Endpoint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** RawSocket: a handshake of four octets, then frames of four octets of type and length and the message. */
final class RawSocketWire implements Wire {
    private static final int MAGIC = 0x7F;
    private static final int LONGEST = 0xF0;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int PING = 1;
    private static final int PONG = 2;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawSocketWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static Wire open(Endpoint endpoint, Language language) throws IOException {
        Socket socket =
                endpoint.tls() ? TrustingTls.context().getSocketFactory().createSocket() : new Socket();
        socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(CONNECT_MILLIS);
        RawSocketWire wire = new RawSocketWire(socket);
        wire.out.write(new byte[] {MAGIC, (byte) (LONGEST | language.rawSocketId()), 0, 0});
        byte[] answer = new byte[4];
        wire.in.readFully(answer);
        if (answer[0] != MAGIC || (answer[1] & 0x0F) != language.rawSocketId()) {
            wire.close();
            throw new IOException("RawSocket with " + language + " is refused");
        }
        return wire;
    }

    @Override
    public void send(byte[] message) throws IOException {
        byte[] frame = new byte[4 + message.length];
        frame[1] = (byte) (message.length >>> 16);
        frame[2] = (byte) (message.length >>> 8);
        frame[3] = (byte) message.length;
        System.arraycopy(message, 0, frame, 4, message.length);
        out.write(frame);
    }

    @Override
    public byte @Nullable [] receive(long millis) throws IOException {
        socket.setSoTimeout((int) millis);
        int header;
        try {
            header = in.readInt();
        } catch (SocketTimeoutException nothing) {
            return null;
        } catch (EOFException closed) {
            throw new IOException("the router closed the connection", closed);
        }
        byte[] body = new byte[header & 0xFFFFFF];
        in.readFully(body);
        int type = header >>> 24;
        if (type == PING) {
            out.writeInt(PONG << 24 | body.length);
            out.write(body);
        }
        return type == 0 ? body : receive(millis);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException already) {
            // It is closed, then.
        }
    }
}
