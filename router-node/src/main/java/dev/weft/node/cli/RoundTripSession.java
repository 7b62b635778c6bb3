package dev.weft.node.cli;

import dev.weft.config.JsonText;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A WAMP session, anonymous or by ticket, JSON over RawSocket, that waits for each answer. Of one thread. */
final class RoundTripSession implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int JSON = 1;
    private static final int REQUEST = 1;
    private static final int PAYLOAD_AT = 3;
    private static final List<Object> PAYLOAD = List.of("round trip");

    private final URI url;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RoundTripSession(URI url, Socket socket) throws IOException {
        this.url = url;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** Whether a session can be at {@code url}. */
    static boolean speaks(URI url) {
        boolean rawSocket = "rs".equals(url.getScheme()) || "rss".equals(url.getScheme());
        return rawSocket && url.getHost() != null && url.getPort() > 0;
    }

    /**
     * Connects and joins. Each answer may take 10 seconds.
     *
     * @param certificates which are taken with TLS
     * @param shown as whom; null for an anonymous client
     * @throws IOException with a message that names the URL
     */
    static RoundTripSession join(
            URI url, String realm, RoundTripTls.Taken certificates, RoundTripTicket.@Nullable Shown shown)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.setSoTimeout(TIMEOUT_MILLIS);
            plain.connect(new InetSocketAddress(url.getHost(), url.getPort()), TIMEOUT_MILLIS);
            RoundTripSession session = new RoundTripSession(
                    url, url.getScheme().equals("rss") ? secured(plain, url, certificates) : plain);
            session.handshake();
            session.welcomed(realm, shown);
            return session;
        } catch (IOException failure) {
            plain.close();
            throw failure instanceof RoundTripException ? failure : new RoundTripException(url, failure);
        }
    }

    private static Socket secured(Socket plain, URI url, RoundTripTls.Taken certificates) throws IOException {
        String name = certificates.serverName() == null ? url.getHost() : certificates.serverName();
        SSLSocketFactory sockets = certificates.sockets() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : certificates.sockets();
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, name, url.getPort(), true);
        if (certificates.checked()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        return socket;
    }

    private void welcomed(String realm, RoundTripTicket.@Nullable Shown shown) throws IOException {
        Map<String, Object> roles = Map.of("caller", Map.of(), "callee", Map.of());
        if (shown == null) {
            ask(List.of(MessageType.HELLO.code(), realm, Map.of("roles", roles)), MessageType.WELCOME);
            return;
        }
        Map<String, Object> details =
                Map.of("roles", roles, "authid", shown.authid(), "authmethods", List.of("ticket"));
        ask(List.of(MessageType.HELLO.code(), realm, details), MessageType.CHALLENGE);
        ask(List.of(MessageType.AUTHENTICATE.code(), shown.ticket(), Map.of()), MessageType.WELCOME);
    }

    void register(String procedure) throws IOException {
        ask(List.of(MessageType.REGISTER.code(), REQUEST, Map.of(), procedure), MessageType.REGISTERED);
    }

    void call(String procedure) throws IOException {
        send(List.of(MessageType.CALL.code(), REQUEST, Map.of(), procedure, PAYLOAD));
    }

    /** Waits for the call and yields what it brought. */
    void answer() throws IOException {
        List<?> invocation = expect(MessageType.INVOCATION);
        Object payload = invocation.get(invocation.size() - 1);
        send(List.of(MessageType.YIELD.code(), invocation.get(1), Map.of(), payload));
    }

    void expectResult() throws IOException {
        List<?> result = expect(MessageType.RESULT);
        if (result.size() <= PAYLOAD_AT || !PAYLOAD.equals(result.get(PAYLOAD_AT))) {
            throw new RoundTripException(url, "the result is not what was sent: " + result);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void handshake() throws IOException {
        out.writeInt(RawSocketHandshake.of(RawSocketHandshake.LONGEST_MESSAGE, JSON));
        int answer = in.readInt();
        if (!RawSocketHandshake.isHandshake(answer) || RawSocketHandshake.isRefusal(answer)) {
            throw new RoundTripException(url, "no RawSocket listener with JSON is there");
        }
    }

    private void ask(List<?> message, MessageType answer) throws IOException {
        send(message);
        expect(answer);
    }

    private void send(List<?> message) throws IOException {
        write(RawSocketFrame.Type.WAMP, JsonText.line(message).getBytes(StandardCharsets.UTF_8));
    }

    /** The next message, which has to be of that type; pings are answered on the way. */
    private List<?> expect(MessageType type) throws IOException {
        byte[] text = read();
        Object message =
                new Load(LoadSettings.builder().build()).loadFromString(new String(text, StandardCharsets.UTF_8));
        if (message instanceof List<?> list && list.get(0).equals(type.code())) {
            return list;
        }
        throw new RoundTripException(url, "expected " + type + ", received " + message);
    }

    private byte[] read() throws IOException {
        while (true) {
            int header = in.readInt();
            try {
                byte[] body = in.readNBytes(RawSocketFrame.length(header));
                RawSocketFrame.Type type = RawSocketFrame.type(header);
                if (type == RawSocketFrame.Type.WAMP) {
                    return body;
                }
                if (type == RawSocketFrame.Type.PING) {
                    write(RawSocketFrame.Type.PONG, body);
                }
            } catch (ProtocolViolation violation) {
                throw new RoundTripException(url, new IOException(violation));
            }
        }
    }

    private void write(RawSocketFrame.Type type, byte[] body) throws IOException {
        out.writeInt(RawSocketFrame.header(type, body.length));
        out.write(body);
    }

    /** Says where it went wrong. */
    private static final class RoundTripException extends IOException {
        private static final long serialVersionUID = 1;

        RoundTripException(URI url, String what) {
            super(url + ": " + what);
        }

        RoundTripException(URI url, IOException cause) {
            super(url + ": " + cause, cause);
        }
    }
}
