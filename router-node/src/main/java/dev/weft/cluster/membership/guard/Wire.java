package dev.weft.cluster.membership.guard;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads and writes a socket that blocks, all within one time; nothing is read ahead. */
final class Wire {
    private final Socket socket;
    private final InputStream in;
    private final long deadline;

    Wire(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            socket.setSoTimeout(millisLeft());
            int more = in.read(bytes, read, length - read);
            if (more < 0) {
                throw new EOFException("it has closed the connection");
            }
            read += more;
        }
        return bytes;
    }

    private int millisLeft() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new StrangerException("it takes too long");
        }
        return Math.toIntExact(left);
    }

    /** The socket goes on without a time-out. */
    void done() throws IOException {
        socket.setSoTimeout(0);
    }
}
