package dev.weft.node.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address. */
public final class LocalPorts {
    /** Above the last of the ports that browsers do not connect to. */
    private static final int LOWEST = 10_081;

    /** Of Linux. A connection that is made meanwhile could have one of these when the node wants it. */
    private static final int FIRST_EPHEMERAL = 32_768;

    /**
     * A port that was drawn has the UDP port of the same number, which nobody else here uses, until this process ends: so another
     * that draws one does not get the same before this one is listened at.
     */
    private static final Queue<DatagramSocket> DRAWN = new ConcurrentLinkedQueue<>();

    private LocalPorts() {}

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Different ports that nobody listens on now, and that the system gives to nobody by itself. */
    public static List<Integer> free(int count) {
        Set<Integer> free = new LinkedHashSet<>();
        while (free.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_EPHEMERAL);
            if (isFree(port) && draw(port)) {
                free.add(port);
            }
        }
        return List.copyOf(free);
    }

    private static boolean draw(int port) {
        try {
            DRAWN.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
            return true;
        } catch (SocketException drawn) {
            return false;
        }
    }
}
