package dev.weft.transport;

import com.sun.management.ThreadMXBean;
import dev.weft.testkit.RawSocketClient;
import dev.weft.wamp.SerializerId;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * What one message costs the event loop that receives it, decodes it, encodes it again and sends it back, for eyes rather
 * than for a test: run {@code main}.
 */
final class RelayMeasurement {
    private static final int MESSAGES = 1_000_000;
    private static final int AT_ONCE = 64;
    private static final int ROUNDS = 6;

    private RelayMeasurement() {}

    public static void main(String[] args) throws Exception {
        byte[] call = Samples.call(SerializerId.MSGPACK, "x".repeat(90));
        byte[] frame = RawSocketClient.frame(RawSocketClient.MESSAGE, call);
        byte[][] batch = new byte[AT_ONCE][];
        java.util.Arrays.fill(batch, frame);
        byte[] frames = Samples.concat(batch);
        try (TestListeners listeners = new TestListeners(new EchoAcceptor(false))) {
            int port = listeners.open();
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            try (RawSocketClient client = RawSocketClient.over(socket)) {
                client.handshake(15, SerializerId.MSGPACK.rawSocketId());
                for (int round = 0; round < ROUNDS; round++) {
                    measure(socket, frames);
                }
            }
        }
    }

    private static void measure(Socket socket, byte[] frames) throws Exception {
        Thread loop = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop-thread-0"))
                .findFirst()
                .orElseThrow();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = threads.getThreadCpuTime(loop.getId());
        long bytes = threads.getThreadAllocatedBytes(loop.getId());
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {
            byte[] sink = new byte[1 << 16];
            long left = (long) frames.length * (MESSAGES / AT_ONCE);
            try {
                while (left > 0) {
                    left -= socket.getInputStream().read(sink);
                }
            } catch (java.io.IOException lost) {
                throw new java.io.UncheckedIOException(lost);
            }
        });
        for (int i = 0; i < MESSAGES / AT_ONCE; i++) {
            socket.getOutputStream().write(frames);
        }
        read.get();
        System.out.printf(
                "%d bytes: %.3f us and %d bytes allocated per message received and sent%n",
                frames.length / AT_ONCE,
                (threads.getThreadCpuTime(loop.getId()) - cpu) / 1000.0 / MESSAGES,
                (threads.getThreadAllocatedBytes(loop.getId()) - bytes) / MESSAGES);
    }
}
