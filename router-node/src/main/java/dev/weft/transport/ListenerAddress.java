package dev.weft.transport;

import java.nio.file.Path;

/** Where a listener listens. */
public sealed interface ListenerAddress {
    /**
     * @param host a name or address of this machine
     * @param port 0 for any free one
     */
    record Tcp(String host, int port) implements ListenerAddress {
        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    /**
     * @param path the file of the socket; made when the listener opens, removed when it closes
     * @param permissions as {@code ls -l} spells them: who may write to the file may connect
     */
    record UnixSocket(Path path, String permissions) implements ListenerAddress {
        /** Owner and group may connect. */
        public static final String OWNER_AND_GROUP = "rw-rw----";

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
