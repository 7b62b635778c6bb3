package dev.weft.load.conformance.wire;

import dev.weft.load.client.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** WebSocket, by the JDK's client: one message of WAMP in each message, text for JSON and binary for the others. */
final class WebSocketWire implements Wire {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] CLOSED = {};

    private final WebSocket socket;
    private final Inbox inbox;
    private final boolean text;

    private WebSocketWire(WebSocket socket, Inbox inbox, boolean text) {
        this.socket = socket;
        this.inbox = inbox;
        this.text = text;
    }

    static Wire open(Endpoint endpoint, Language language) throws IOException {
        Inbox inbox = new Inbox();
        HttpClient client = endpoint.tls()
                ? HttpClient.newBuilder().sslContext(TrustingTls.context()).build()
                : CLIENT;
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols(language.subprotocol())
                    .buildAsync(URI.create(endpoint.toString()), inbox)
                    .join();
            if (!socket.getSubprotocol().equals(language.subprotocol())) {
                socket.abort();
                throw new IOException("WebSocket with " + language.subprotocol() + " is refused");
            }
            return new WebSocketWire(socket, inbox, language == Language.JSON);
        } catch (CompletionException failed) {
            throw new IOException(
                    "WebSocket with " + language.subprotocol() + " is refused: " + failed.getCause(), failed);
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        try {
            if (text) {
                socket.sendText(new String(message, StandardCharsets.UTF_8), true)
                        .join();
            } else {
                socket.sendBinary(ByteBuffer.wrap(message), true).join();
            }
        } catch (CompletionException failed) {
            throw new IOException("the router closed the connection", failed);
        }
    }

    @Override
    public byte @Nullable [] receive(long millis) throws IOException {
        try {
            byte[] message = inbox.messages.poll(millis, TimeUnit.MILLISECONDS);
            if (message == CLOSED) {
                inbox.messages.add(CLOSED);
                throw new IOException("the router closed the connection");
            }
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Called by the JDK's client, on one thread at a time. */
    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private final StringBuilder textParts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            textParts.append(part);
            if (last) {
                messages.add(textParts.toString().getBytes(StandardCharsets.UTF_8));
                textParts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                messages.add(parts.toByteArray());
                parts.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            messages.add(CLOSED);
        }
    }
}
