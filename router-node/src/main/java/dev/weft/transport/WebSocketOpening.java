package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The opening handshake of a WebSocket: one HTTP/1.1 request and its answer (RFC 6455, section 4). */
final class WebSocketOpening implements Stage {
    private static final int LONGEST_HEAD = 8192;
    private static final int END_OF_HEAD = 0x0D0A0D0A;
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_OCTETS = 16;

    private final SocketHandler socket;
    private final ListenerOptions options;
    private final StringBuilder head = new StringBuilder();
    private int lastFour;
    private boolean isAsking;
    private boolean over;

    WebSocketOpening(SocketHandler socket) {
        this.socket = socket;
        this.options = socket.listener().options();
    }

    @Override
    public void read(ByteBuf in) {
        if (isAsking && in.isReadable()) {
            over = true;
            refuse(tooSoon());
            return;
        }
        while (in.isReadable()) {
            int octet = in.readUnsignedByte();
            lastFour = lastFour << 8 | octet;
            head.append((char) octet);
            if (lastFour == END_OF_HEAD) {
                answer(head.substring(0, head.length() - Integer.BYTES), in);
                return;
            }
            if (!isLetter(head.charAt(0))) {
                refuse(notUnderstood());
                return;
            }
            if (head.length() == LONGEST_HEAD) {
                refuse(new HttpRefusal(
                        "431 Request Header Fields Too Large",
                        "The head of the request has more than " + LONGEST_HEAD + " bytes."));
                return;
            }
        }
    }

    private void answer(String text, ByteBuf in) {
        HttpRequest request = HttpRequest.parse(text);
        if (request == null) {
            refuse(notUnderstood());
            return;
        }
        HttpRefusal refusal = refusal(request);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        InetAddress direct = socket.client();
        if (!passedOn(request)) {
            socket.ends(CloseReason.PROXY_HEADER_INVALID);
            refuse(badRequest("X-Forwarded-For says what is no address"));
            return;
        }
        if (arrivesTooFast(direct)) {
            socket.ends(CloseReason.CONNECTION_RATE);
            refuse(new HttpRefusal(
                    "429 Too Many Requests", "Retry-After: 1\r\n", "Too many connections from this address."));
            return;
        }
        SubprotocolNegotiation negotiation = socket.listener().negotiation();
        Subprotocol negotiated = negotiation.choose(request.list("sec-websocket-protocol"));
        SerializerId otherwise = socket.listener().withoutSubprotocol();
        if (negotiated != null) {
            knowAgain(request, new Agreed(negotiated.label(), negotiated), in);
        } else if (otherwise != null) {
            knowAgain(request, new Agreed(null, new Subprotocol(otherwise, false)), in);
        } else {
            refuse(new HttpRefusal(
                    "400 Bad Request",
                    "No subprotocol is offered that is spoken here. Put one or more of these into"
                            + " Sec-WebSocket-Protocol: " + negotiation.names()));
        }
    }

    /** Only web pages, which have shown that they may be here by their Origin, have cookies. */
    private void knowAgain(HttpRequest request, Agreed agreed, ByteBuf in) {
        CookieOptions cookies = options.cookies();
        if (cookies == null || !request.has("origin")) {
            open(request, agreed, "", in);
            return;
        }
        String sent = cookies.sent(request);
        if (sent == null) {
            open(request, agreed, newCookie(cookies), in);
        } else if (in.isReadable()) {
            refuse(tooSoon());
        } else {
            ask(request, agreed, cookies, CookieOptions.digest(sent));
        }
    }

    /** A value that the browser was given by somebody else must not become its login: so one that is not known is replaced. */
    private void ask(HttpRequest request, Agreed agreed, CookieOptions cookies, String digest) {
        isAsking = true;
        cookies.lookup()
                .find(digest)
                .whenComplete((login, failure) -> socket.loop().lane().run(() -> {
                    if (over || !socket.channel().isActive()) {
                        return;
                    }
                    if (failure != null) {
                        socket.logUnknownCookie(failure);
                        open(request, agreed, "", Unpooled.EMPTY_BUFFER);
                    } else if (login.isPresent()) {
                        socket.cookie(new PeerCookie(digest, login.get(), cookies.maxAge(), cookies.maxIdle()));
                        open(request, agreed, "", Unpooled.EMPTY_BUFFER);
                    } else {
                        open(request, agreed, newCookie(cookies), Unpooled.EMPTY_BUFFER);
                    }
                }));
    }

    /** The header that gives it to the browser. */
    private String newCookie(CookieOptions cookies) {
        String value = CookieOptions.draw();
        socket.cookie(new PeerCookie(CookieOptions.digest(value), null, cookies.maxAge(), cookies.maxIdle()));
        return cookies.header(value);
    }

    @Override
    public void gone() {
        over = true;
    }

    /** Who was connected directly was counted when the connection was accepted. */
    private boolean arrivesTooFast(@Nullable InetAddress direct) {
        InetAddress client = socket.client();
        return client != null && !client.equals(direct) && !socket.listener().mayCome(client);
    }

    /** Takes the client's address from the proxies that are believed; false if what they say is none. */
    private boolean passedOn(HttpRequest request) {
        InetAddress asking = socket.client();
        List<String> chain = request.list("x-forwarded-for");
        if (asking == null || chain.isEmpty()) {
            return true;
        }
        InetAddress client = ForwardedFor.client(asking, chain, options.trust().proxies());
        if (client != null && !client.equals(asking)) {
            socket.seenAs(new InetSocketAddress(client, 0));
        }
        return client != null;
    }

    private @Nullable HttpRefusal refusal(HttpRequest request) {
        if (!request.version().equals("HTTP/1.1")) {
            return new HttpRefusal("505 HTTP Version Not Supported", "Only HTTP/1.1 is spoken here.");
        }
        if (socket.isRefused()) {
            return new HttpRefusal("503 Service Unavailable", "This listener has all the connections it may have.");
        }
        if (!options.paths().contains(request.path())) {
            return new HttpRefusal(
                    "404 Not Found",
                    "There is nothing here. WebSockets are opened at " + String.join(", ", options.paths()));
        }
        if (!request.method().equals("GET")) {
            return new HttpRefusal("405 Method Not Allowed", "Allow: GET\r\n", "A WebSocket is opened with GET.");
        }
        if (!request.lists("upgrade", "websocket")) {
            return new HttpRefusal(
                    "426 Upgrade Required",
                    "Upgrade: websocket\r\n",
                    "This is a WAMP router. Connect with a WAMP client, by WebSocket or RawSocket.");
        }
        return upgradeRefusal(request);
    }

    private @Nullable HttpRefusal upgradeRefusal(HttpRequest request) {
        String host = request.single("host");
        if (!"13".equals(request.single("sec-websocket-version"))) {
            return new HttpRefusal(
                    "426 Upgrade Required",
                    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
                    "Only version 13 of the WebSocket protocol is spoken here (RFC 6455).");
        }
        if (host == null) {
            return badRequest("there is not exactly one Host");
        }
        if (!request.lists("connection", "upgrade")) {
            return badRequest("Connection does not say upgrade");
        }
        if (!isKey(request.single("sec-websocket-key"))) {
            return badRequest("Sec-WebSocket-Key is not 16 bytes in base64");
        }
        if (hasBody(request)) {
            return badRequest("the request has a body");
        }
        boolean unclear = request.has("origin") && request.single("origin") == null;
        if (unclear || !socket.listener().origins().allows(request.single("origin"), host, isOverLoopback())) {
            return new HttpRefusal(
                    "403 Forbidden",
                    "Pages of the origin " + request.single("origin") + " may not connect here (listeners[].origins).");
        }
        return null;
    }

    private boolean isOverLoopback() {
        return options.trust().isOverLoopback(socket.channel().localAddress(), socket.client());
    }

    private static HttpRefusal notUnderstood() {
        return new HttpRefusal("400 Bad Request", "This is neither an HTTP/1.1 request nor a RawSocket handshake.");
    }

    private static HttpRefusal tooSoon() {
        return badRequest("frames came before the answer");
    }

    private static boolean isLetter(char octet) {
        return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
    }

    private static boolean hasBody(HttpRequest request) {
        return request.has("transfer-encoding")
                || (request.has("content-length") && !"0".equals(request.single("content-length")));
    }

    private static HttpRefusal badRequest(String fault) {
        return new HttpRefusal("400 Bad Request", "This is no WebSocket handshake: " + fault + ".");
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == KEY_OCTETS;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * What is spoken from now on.
     *
     * @param label what the client is told of it; null for nothing
     */
    private record Agreed(@Nullable String label, Subprotocol spoken) {}

    /** @param cookie a header with its line end, or nothing */
    private void open(HttpRequest request, Agreed agreed, String cookie, ByteBuf in) {
        Subprotocol spoken = agreed.spoken();
        boolean compressed =
                options.compression() && PerMessageDeflate.isAgreedTo(request.list("sec-websocket-extensions"));
        write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(String.valueOf(request.single("sec-websocket-key"))) + "\r\n"
                + (agreed.label() == null ? "" : "Sec-WebSocket-Protocol: " + agreed.label() + "\r\n")
                + (compressed ? "Sec-WebSocket-Extensions: " + PerMessageDeflate.ANSWER + "\r\n" : "")
                + cookie
                + "\r\n");
        socket.bearer(BearerToken.of(request.single("authorization")));
        MessageDeflater deflater = compressed ? socket.loop().deflater() : null;
        SocketConnection connection = spoken.batched()
                ? batched(spoken.serializer(), deflater)
                : new SocketConnection(socket, spoken.serializer(), new WebSocketWriter(), deflater);
        BatchSplitter splitter = spoken.batched()
                ? new BatchSplitter(
                        connection,
                        spoken.serializer().isText(),
                        options.limits().maxMessageSize())
                : null;
        int longest = splitter == null ? options.limits().maxMessageSize() : splitter.maxBatchSize();
        WebSocketReader reader = new WebSocketReader(
                splitter == null ? connection : splitter,
                socket.allocator(),
                longest,
                compressed ? new MessageInflater() : null);
        socket.open(connection, reader, in);
    }

    private SocketConnection batched(SerializerId serializer, @Nullable MessageDeflater deflater) {
        socket.queue().gatherIn(new MessageBatch(socket.allocator(), serializer.isText(), deflater));
        return new SocketConnection(socket, serializer, new BatchedWebSocketWriter(BatchFormat.of(serializer)), null);
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private void refuse(HttpRefusal refusal) {
        write(refusal.bytes());
        CloseReason reason = socket.isRefused() ? CloseReason.CONNECTION_LIMIT : CloseReason.TRANSPORT_VIOLATION;
        socket.refuse(reason, refusal.words());
    }

    private void write(String text) {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write(byte[] bytes) {
        socket.queue().room(bytes.length).writeBytes(bytes);
        socket.queue().written(bytes.length);
    }
}
