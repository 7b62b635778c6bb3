package dev.weft.transport;

import dev.weft.tls.WatchedTls;
import dev.weft.wamp.SerializerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listener, with every value resolved.
 *
 * @param name for logs and errors
 * @param paths the HTTP paths at which a WebSocket may be opened
 * @param serializers what is offered, the one the server likes best first
 * @param tls its certificates, taken into use anew when they change; null for no TLS
 * @param origins who may open a WebSocket from a web page: see {@link OriginPolicy}
 * @param compression whether permessage-deflate is agreed to when a client offers it
 * @param trust whom it believes when told the address of a client
 * @param cookies how browsers are known again; null if they are not
 */
public record ListenerOptions(
        String name,
        ListenerAddress address,
        List<String> paths,
        List<SerializerId> serializers,
        @Nullable WatchedTls tls,
        List<String> origins,
        boolean compression,
        ConnectionLimits limits,
        ProxyTrust trust,
        @Nullable CookieOptions cookies) {

    public ListenerOptions {
        paths = List.copyOf(paths);
        serializers = List.copyOf(serializers);
        origins = List.copyOf(origins);
    }

    /** A plain listener: all serializers, {@code /ws} and {@code /}, no TLS, no compression, pages of this host only. */
    public static ListenerOptions plain(String name, ListenerAddress address) {
        return new ListenerOptions(
                name,
                address,
                List.of("/ws", "/"),
                List.of(SerializerId.MSGPACK, SerializerId.CBOR, SerializerId.JSON, SerializerId.UBJSON),
                null,
                List.of(),
                false,
                ConnectionLimits.DEFAULT,
                ProxyTrust.NOBODY,
                null);
    }
}
