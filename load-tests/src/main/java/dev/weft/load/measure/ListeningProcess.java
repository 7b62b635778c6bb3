package dev.weft.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the process of this machine that listens on a TCP port; from {@code /proc}. */
public final class ListeningProcess {
    private static final String LISTEN = "0A";

    private ListeningProcess() {}

    /** Nothing if there is none, or if it is somebody else's and may not be looked at. */
    public static OptionalLong on(int port) {
        Set<String> sockets = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.skip(1).forEach(line -> addIfListening(line, port, sockets));
            } catch (IOException notLinux) {
                return OptionalLong.empty();
            }
        }
        if (sockets.isEmpty()) {
            return OptionalLong.empty();
        }
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> hasOpen(pid, sockets))
                .findFirst();
    }

    /** proc(5): number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode. */
    static void addIfListening(String line, int port, Set<String> sockets) {
        String[] fields = line.strip().split("\\s+");
        String local = fields[1];
        boolean same = Integer.parseInt(local.substring(local.indexOf(':') + 1), 16) == port;
        if (same && fields[3].equals(LISTEN)) {
            sockets.add("socket:[" + fields[9] + "]");
        }
    }

    private static boolean hasOpen(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.anyMatch(descriptor -> pointsAt(descriptor, sockets));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static boolean pointsAt(Path descriptor, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
