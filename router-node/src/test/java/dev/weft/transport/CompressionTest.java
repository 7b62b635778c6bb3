package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.weft.testkit.WebSocketClient;
import dev.weft.testkit.WebSocketClient.Received;
import io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
    private static final int COMPRESSED_TEXT = WebSocketClient.FIN | WebSocketClient.RSV1 | WebSocketClient.TEXT;
    private static final int MEGABYTE = 1 << 20;

    private final EchoAcceptor echo = new EchoAcceptor();
    private TestListeners listeners;
    private int port;

    @BeforeEach
    void open() throws Exception {
        listeners = new TestListeners(echo);
        port = listeners.open(Options.compression(MEGABYTE));
    }

    @AfterEach
    void close() throws Exception {
        listeners.close();
    }

    private WebSocketClient connect() throws Exception {
        WebSocketClient client = WebSocketClient.connect(port);
        String response = client.request(WebSocketClient.upgrade(
                "/ws", "wamp.2.json", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
        assertThat(response)
                .contains("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                        + " client_no_context_takeover\r\n");
        return client;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | true",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate | true",
                "permessage-deflate; server_max_window_bits=10 | false",
                "permessage-deflate; client_max_window_bits=\"12\"; client_no_context_takeover | true",
                "permessage-deflate; client_max_window_bits=16 | false",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover | false",
                "permessage-deflate; unknown | false",
                "x-webkit-deflate-frame | false",
            })
    void onlyOffersThatCanBeKeptAreAgreedTo(String offer, boolean agreed) throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(port)) {
            String response = client.request(
                    WebSocketClient.upgrade("/ws", "wamp.2.json", "Sec-WebSocket-Extensions: " + offer + "\r\n"));
            assertThat(response.contains("permessage-deflate")).isEqualTo(agreed);
        }
    }

    @Test
    void messagesGoInAndOutCompressedOrNot() throws Exception {
        byte[] call = Samples.callOfSize(100_000);
        byte[] deflated = deflated(call);
        try (WebSocketClient client = connect()) {
            for (int round = 0; round < 3; round++) {
                client.send(COMPRESSED_TEXT, deflated);
                Received received = client.receive();
                assertThat(received.first()).isEqualTo(COMPRESSED_TEXT);
                assertThat(received.payload()).hasSizeLessThan(1000);
                assertThat(inflated(received.payload(), call.length)).isEqualTo(call);
                client.send(WebSocketClient.FIN | WebSocketClient.TEXT, call);
                assertThat(inflated(client.receive().payload(), call.length)).isEqualTo(call);
            }
        }
    }

    @Test
    void aMessageTooShortToGainByItGoesAsItIs() throws Exception {
        byte[] brief = Samples.callOfSize(MessageDeflater.SHORTEST - 1);
        byte[] longer = Samples.callOfSize(MessageDeflater.SHORTEST);
        try (WebSocketClient client = connect()) {
            client.send(COMPRESSED_TEXT, deflated(brief));
            Received received = client.receive();
            assertThat(received.first()).isEqualTo(WebSocketClient.FIN | WebSocketClient.TEXT);
            assertThat(received.payload()).isEqualTo(brief);

            client.send(COMPRESSED_TEXT, deflated(longer));
            received = client.receive();
            assertThat(received.first()).isEqualTo(COMPRESSED_TEXT);
            assertThat(inflated(received.payload(), longer.length)).isEqualTo(longer);
        }
    }

    @Test
    void aCompressedMessageMayComeInFragments() throws Exception {
        byte[] call = Samples.callOfSize(5000);
        byte[] deflated = deflated(call);
        try (WebSocketClient client = connect()) {
            client.send(WebSocketClient.RSV1 | WebSocketClient.TEXT, Arrays.copyOf(deflated, 5));
            client.send(WebSocketClient.CONTINUATION, Arrays.copyOfRange(deflated, 5, 10));
            client.send(
                    WebSocketClient.FIN | WebSocketClient.CONTINUATION,
                    Arrays.copyOfRange(deflated, 10, deflated.length));
            assertThat(inflated(client.receive().payload(), call.length)).isEqualTo(call);
        }
    }

    @Test
    void whatIsNoDeflateIsRefused() throws Exception {
        try (WebSocketClient client = connect()) {
            client.send(COMPRESSED_TEXT, new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2});
            assertThat(client.receive().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void theCompressionBitIsRefusedWhereItWasNotNegotiated() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(port, "wamp.2.json")) {
            client.send(COMPRESSED_TEXT, deflated(Samples.callOfSize(200)));
            assertThat(client.receive().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aMessageThatInflatesToTheLimitPassesAndOneByteMoreDoesNot() throws Exception {
        try (WebSocketClient client = connect()) {
            client.send(COMPRESSED_TEXT, deflated(Samples.callOfSize(MEGABYTE)));
            assertThat(client.receive().first()).isEqualTo(COMPRESSED_TEXT);
            client.send(COMPRESSED_TEXT, deflated(Samples.callOfSize(MEGABYTE + 1)));
            assertThat(client.receive().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aBombOfSixtyMegabytesCostsLittleAndEndsOnlyItsOwnConnection() throws Exception {
        byte[] bomb = deflated(new byte[60_000_000]);
        assertThat(bomb).hasSizeBetween(50_000, 63_000);
        try (WebSocketClient attacker = connect();
                WebSocketClient neighbour = connect()) {
            long before = memoryTaken();
            attacker.send(COMPRESSED_TEXT, bomb);
            assertThat(attacker.receive().closeCode()).isEqualTo(1009);
            assertThat(memoryTaken() - before).isLessThan(30L * MEGABYTE);
            neighbour.send(WebSocketClient.FIN | WebSocketClient.PING, new byte[0]);
            assertThat(neighbour.receive().opcode()).isEqualTo(WebSocketClient.PONG);
        }
        await().untilAsserted(() -> assertThat(echo.ends).contains(CloseReason.MESSAGE_TOO_LARGE));
    }

    /** All that the event loops have allocated on the heap, collected or not, and what Netty holds outside it. */
    private long memoryTaken() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long heap = 0;
        for (Connection connection : echo.connections) {
            CompletableFuture<Long> allocated = new CompletableFuture<>();
            connection
                    .lane()
                    .run(() -> allocated.complete(threads.getThreadAllocatedBytes(
                            Thread.currentThread().getId())));
            heap += allocated.get();
        }
        return heap + PlatformDependent.usedDirectMemory();
    }

    private static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        for (int n = chunk.length; n == chunk.length; ) {
            n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, n);
        }
        deflater.end();
        byte[] all = out.toByteArray();
        return Arrays.copyOf(all, all.length - 4);
    }

    private static byte[] inflated(byte[] message, int length) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(message);
        byte[] out = new byte[length + 1];
        int n = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, n);
    }
}
