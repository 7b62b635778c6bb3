package dev.weft.testkit;

import dev.weft.wamp.Hello;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the long-poll transport, whose requests may go to any node. */
public final class LongPollClient {
    private static final Pattern OPENED =
            Pattern.compile("\\{\"protocol\":\"(wamp\\.2\\.[a-z.]+)\",\"transport\":\"([A-Za-z0-9_-]{34})\"}");
    private static final byte SEPARATOR = 0x1E;
    private static final Map<String, Object> ROLES = Map.of(
            "roles", Map.of("publisher", Map.of(), "subscriber", Map.of(), "caller", Map.of(), "callee", Map.of()));

    private final HttpClient http;
    private final String transport;
    private final Serializer serializer;
    private final boolean batched;
    private final Queue<WampMessage> received = new ArrayDeque<>();
    private long lastRequest;
    private long session;

    private LongPollClient(HttpClient http, String protocol, String transport) {
        this.http = http;
        this.transport = transport;
        this.batched = protocol.endsWith(".batched");
        SerializerId id = SerializerId.ofSubprotocol(protocol.replace(".batched", ""));
        this.serializer = Serializers.create(id, DecodeLimits.DEFAULT);
    }

    public static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** A request below {@code base}, which is the path of the transports. */
    public static HttpRequest.Builder request(URI base, String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    public static HttpResponse<byte[]> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    public static LongPollClient open(HttpClient http, URI base, String protocol)
            throws IOException, InterruptedException {
        return open(http, request(base, "/open", offer(protocol)));
    }

    public static LongPollClient open(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(http, request);
        Matcher opened = OPENED.matcher(new String(response.body(), StandardCharsets.US_ASCII));
        if (response.statusCode() != 200 || !opened.matches()) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return new LongPollClient(http, opened.group(1), opened.group(2));
    }

    public static byte[] offer(String protocol) {
        return ("{\"protocols\": [\"" + protocol + "\"]}").getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens a transport and a session that announces all roles. */
    public static LongPollClient join(URI base, String protocol, String realm)
            throws IOException, InterruptedException {
        LongPollClient client = open(http(), base, protocol);
        client.send(base, new Hello(realm, ROLES));
        client.session = client.expect(base, Welcome.class).session();
        return client;
    }

    public String transport() {
        return transport;
    }

    public long session() {
        return session;
    }

    public long nextRequest() {
        return ++lastRequest;
    }

    public List<Object> args(WampMessage message) {
        return serializer.args(message.payload());
    }

    public Payload payload(Object... args) {
        return serializer.payload(List.of(args), null);
    }

    /** What a message is in the body of a request. */
    public byte[] bytes(WampMessage message) {
        ByteBuf encoded = Unpooled.buffer();
        serializer.encode(message, encoded);
        if (!batched) {
            return ByteBufUtil.getBytes(encoded);
        }
        ByteBuf batch = Unpooled.buffer();
        if (serializer.id().isText()) {
            batch.writeBytes(encoded).writeByte(SEPARATOR);
        } else {
            batch.writeInt(encoded.readableBytes()).writeBytes(encoded);
        }
        return ByteBufUtil.getBytes(batch);
    }

    public HttpResponse<byte[]> post(URI base, String action, byte[] body) throws IOException, InterruptedException {
        return send(http, request(base, "/" + transport + "/" + action, body));
    }

    public CompletableFuture<HttpResponse<byte[]>> poll(URI base) {
        return http.sendAsync(
                request(base, "/" + transport + "/receive", new byte[0]).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Sends a message, and expects that it is taken. */
    public void send(URI base, WampMessage message) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(base, "send", bytes(message));
        if (response.statusCode() != 204 || response.body().length != 0) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    /** The next message; one {@code receive} after the other is made until there is one. */
    public <T extends WampMessage> T expect(URI base, Class<T> type) throws IOException, InterruptedException {
        while (received.isEmpty()) {
            HttpResponse<byte[]> response = post(base, "receive", new byte[0]);
            if (response.statusCode() == 200) {
                received.addAll(messages(response.body()));
            } else if (response.statusCode() != 204) {
                throw new AssertionError(
                        response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
            }
        }
        WampMessage message = received.remove();
        if (!type.isInstance(message)) {
            throw new AssertionError("instead of " + type.getSimpleName() + ": " + message);
        }
        return type.cast(message);
    }

    /** The messages in the body of a response. */
    public List<WampMessage> messages(byte[] body) {
        List<WampMessage> messages = new ArrayList<>();
        ByteBuf bytes = Unpooled.wrappedBuffer(body);
        while (bytes.isReadable()) {
            byte[] message = new byte[length(bytes)];
            bytes.readBytes(message).skipBytes(batched && serializer.id().isText() ? 1 : 0);
            try {
                messages.add(serializer.decode(Unpooled.wrappedBuffer(message), 0, message.length));
            } catch (ProtocolViolation violation) {
                throw new AssertionError(violation);
            }
        }
        return messages;
    }

    private int length(ByteBuf bytes) {
        if (!batched) {
            return bytes.readableBytes();
        }
        return serializer.id().isText() ? bytes.bytesBefore(SEPARATOR) : bytes.readInt();
    }
}
