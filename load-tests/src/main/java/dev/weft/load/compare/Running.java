package dev.weft.load.compare;

import dev.weft.load.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes of a contender, from when they take connections until they are ended. */
public final class Running implements AutoCloseable {
    private static final int SECONDS_TO_START = 120;
    private static final int SECONDS_TO_END = 20;
    private static final int MILLIS_BETWEEN_TRIES = 100;

    private final List<Process> processes = new ArrayList<>();
    private final List<Map<Door, Endpoint>> nodes = new ArrayList<>();
    private final Thread atExit = new Thread(this::end, "end of contenders");

    Running() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @param doors where it takes connections once it is ready */
    void add(Process process, Map<Door, Endpoint> doors) {
        processes.add(process);
        nodes.add(doors);
    }

    /**
     * Returns when every door is open.
     *
     * @throws Unavailable a process has ended, or takes too long; then all are ended
     */
    void awaitReady() throws Unavailable, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        for (int node = 0; node < processes.size(); node++) {
            for (Endpoint door : nodes.get(node).values()) {
                while (!isOpen(door)) {
                    boolean ended = processes.get(node).waitFor(MILLIS_BETWEEN_TRIES, TimeUnit.MILLISECONDS);
                    if (ended || System.nanoTime() > end) {
                        close();
                        throw new Unavailable(ended ? "it ended at once" : "it does not listen on " + door);
                    }
                }
            }
        }
    }

    private static boolean isOpen(Endpoint door) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @param node counted from 0; beyond the last one it is the last one */
    public Endpoint endpoint(int node, Door door) {
        Endpoint endpoint = nodes.get(Math.min(node, nodes.size() - 1)).get(door);
        if (endpoint == null) {
            throw new IllegalArgumentException("there is no " + door);
        }
        return endpoint;
    }

    /** Whether one of the processes ends within so many milliseconds, or has ended. */
    public boolean endsWithin(long millis) throws InterruptedException {
        for (Process process : processes) {
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Of all processes, with those that they have started. */
    List<Long> pids() {
        return processes.stream()
                .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
