package dev.weft.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds two sockets of one node that would be bound to the same address. */
final class BoundAddresses {
    private final Problems problems;
    private final List<Taken> taken = new ArrayList<>();
    private final Map<Path, String> sockets = new HashMap<>();

    private record Taken(HostPort address, String path) {
        boolean clashesWith(HostPort other) {
            boolean samePort = address.port() == other.port() && other.port() != 0;
            boolean sameHost =
                    address.host().equalsIgnoreCase(other.host()) || address.isWildcard() || other.isWildcard();
            return samePort && sameHost;
        }
    }

    BoundAddresses(Problems problems) {
        this.problems = problems;
    }

    void add(HostPort address, String key, Place place) {
        for (Taken earlier : taken) {
            if (earlier.clashesWith(address)) {
                clash(address.toString(), earlier.path(), key, place);
                return;
            }
        }
        taken.add(new Taken(address, place.pathOf(key)));
    }

    void add(Path socket, String key, Place place) {
        String earlier = sockets.putIfAbsent(socket.toAbsolutePath().normalize(), place.pathOf(key));
        if (earlier != null) {
            clash(socket.toString(), earlier, key, place);
        }
    }

    private void clash(String address, String earlier, String key, Place place) {
        problems.error(place.originOf(key), place.pathOf(key), address + " is already taken by " + earlier);
    }
}
