package dev.weft.transport;

/**
 * What connections are counted by.
 *
 * @param transport see {@link Connection#transport()}
 * @param serializer as it is configured: {@code json}, {@code msgpack}, {@code cbor}
 */
public record ConnectionKind(String transport, String serializer) {
    /** Of a connection whose handshake did not succeed. */
    static final ConnectionKind NONE = new ConnectionKind("none", "none");

    public static ConnectionKind of(Connection connection) {
        return new ConnectionKind(
                connection.transport(), connection.serializer().id().name().toLowerCase(java.util.Locale.ROOT));
    }
}
