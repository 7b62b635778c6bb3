package dev.weft.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP connection's way through a bad network, on loopback: it cuts connections where the test says, or after a random
 * number of bytes, and delays, slows down or holds what passes. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int BUFFER = 16 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** One connection through the proxy. */
    private final class Way {
        private final Socket near;
        private final Socket far;
        private final AtomicLong left;
        private volatile boolean halfOpen;

        private Way(Socket near, Socket far, long bytes) {
            this.near = near;
            this.far = far;
            this.left = new AtomicLong(bytes);
        }

        private void open() throws IOException {
            InputStream fromNear = near.getInputStream();
            OutputStream toFar = far.getOutputStream();
            InputStream fromFar = far.getInputStream();
            OutputStream toNear = near.getOutputStream();
            threads.execute(() -> pump(fromNear, toFar));
            threads.execute(() -> pump(fromFar, toNear));
        }

        private void pump(InputStream in, OutputStream out) {
            byte[] buffer = new byte[BUFFER];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hinder(read);
                    int pass = (int) Math.min(read, Math.max(0, left.getAndAdd(-read)));
                    out.write(buffer, 0, pass);
                    if (pass < read) {
                        cuts.incrementAndGet();
                        break;
                    }
                }
            } catch (IOException gone) {
                // The other direction ends, too.
            }
            end();
        }

        private void hinder(int bytes) {
            while (held && !closed) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            long rate = bytesPerSecond;
            long nanos = delayNanos + (rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(bytes) / rate);
            if (nanos > 0) {
                LockSupport.parkNanos(nanos);
            }
        }

        private void end() {
            reset(near);
            if (!halfOpen || closed) {
                ways.remove(this);
                reset(far);
            }
        }
    }

    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Way> ways = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Random random;
    private volatile int mostBytes = NEVER;
    private volatile long delayNanos;
    private volatile long bytesPerSecond;
    private volatile boolean held;
    private volatile boolean refusing;
    private volatile boolean closed;

    /**
     * Listens at once.
     *
     * @param target the port on loopback to which connections are passed on
     * @param seed of all that is random
     */
    public TcpProxy(int target, long seed) throws IOException {
        this.target = target;
        this.random = new Random(seed);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where to connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** Connections cut so far. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts each connection made from now on after 0 to {@code bytes} bytes, both directions together. */
    public void cutAfterUpTo(int bytes) {
        mostBytes = bytes;
    }

    /** Cuts no connection made from now on by itself. */
    public void cutNoMore() {
        mostBytes = NEVER;
    }

    /** Cuts all connections now. */
    public void cut() {
        for (Way way : ways) {
            cuts.incrementAndGet();
            way.halfOpen = false;
            way.end();
        }
    }

    /** Resets all connections for who made them; the other side does not notice. */
    public void cutNearSide() {
        for (Way way : ways) {
            cuts.incrementAndGet();
            way.halfOpen = true;
            way.end();
        }
    }

    /** Accepts connections and closes them, or not any more. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Passes nothing on, or again. */
    public void hold(boolean hold) {
        held = hold;
    }

    /** Each read is passed on so much later; 0 for at once. */
    public void delay(long nanos) {
        delayNanos = nanos;
    }

    /** Passes not more than so much, in each direction of each connection; 0 for no bound. */
    public void throttle(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = server.accept();
                if (refusing) {
                    reset(near);
                } else {
                    connect(near);
                }
            } catch (IOException | RejectedExecutionException end) {
                // Closed, or the target does not listen: who connected sees it.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobody) {
            reset(near);
            throw nobody;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        int most = mostBytes;
        Way way = new Way(near, far, most == NEVER ? Long.MAX_VALUE : random.nextInt(most + 1));
        ways.add(way);
        way.open();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // It is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        ways.forEach(Way::end);
        threads.shutdownNow();
    }
}
