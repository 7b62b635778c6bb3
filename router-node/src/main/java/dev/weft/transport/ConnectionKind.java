package dev.weft.transport;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What connections are counted by.
 *
 * @param transport see {@link Connection#transport()}
 * @param serializer as it is configured: {@code json}, {@code msgpack}, {@code cbor}
 */
public record ConnectionKind(String transport, String serializer) {
    /** Of a connection whose handshake did not succeed. */
    static final ConnectionKind NONE = new ConnectionKind("none", "none");

    /** There are few kinds, and many connections that keep theirs. */
    private static final Map<ConnectionKind, ConnectionKind> KNOWN = new ConcurrentHashMap<>();

    public static ConnectionKind of(Connection connection) {
        String serializer = connection.serializer().id().name().toLowerCase(Locale.ROOT);
        ConnectionKind kind = new ConnectionKind(connection.transport(), serializer);
        ConnectionKind known = KNOWN.putIfAbsent(kind, kind);
        return known == null ? kind : known;
    }
}
