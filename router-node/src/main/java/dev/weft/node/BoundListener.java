package dev.weft.node;

import dev.weft.config.ListenerType;
import java.util.List;

/**
 * A listener that is open.
 *
 * @param name its name in the configuration
 * @param type what kind of socket it is
 * @param address host:port as it was bound, or the file of a Unix domain socket
 * @param tls whether it speaks TLS
 * @param paths the HTTP paths at which a WebSocket may be opened
 */
public record BoundListener(String name, ListenerType type, String address, boolean tls, List<String> paths) {

    public BoundListener {
        paths = List.copyOf(paths);
    }

    /** How clients write it: for a TCP port the WebSocket URL first, then the RawSocket URL. */
    public List<String> urls() {
        if (type == ListenerType.UNIX) {
            return List.of("unix:" + address);
        }
        if (type == ListenerType.HTTP) {
            return List.of((tls ? "https://" : "http://") + address);
        }
        String rawSocket = (tls ? "rss://" : "rs://") + address;
        if (paths.isEmpty()) {
            return List.of(rawSocket);
        }
        return List.of((tls ? "wss://" : "ws://") + address + paths.get(0), rawSocket);
    }
}
