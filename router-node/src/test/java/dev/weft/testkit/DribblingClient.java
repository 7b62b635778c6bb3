package dev.weft.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client that sends a little every tenth of a second, for as long as it may. */
public final class DribblingClient {
    private static final int BETWEEN_MILLIS = 100;
    private static final long PATIENCE_SECONDS = 20;

    private DribblingClient() {}

    /** Whether the connection was closed while it was still sending. */
    public static boolean isClosed(int port, String first, String more) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(BETWEEN_MILLIS);
            send(socket, first);
            while (System.nanoTime() - end < 0) {
                if (isAtEnd(socket)) {
                    return true;
                }
                send(socket, more);
            }
            return false;
        } catch (SocketTimeoutException neverOfConnecting) {
            throw neverOfConnecting;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what there is to read. */
    private static boolean isAtEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read(new byte[4096]) < 0;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        }
    }
}
