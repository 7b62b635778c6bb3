package dev.weft.transport;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peer before its first message.
 *
 * @param address without the port; {@code unix} on a Unix domain socket
 * @param local whether the peer is on this machine
 * @param encrypted whether the connection is by TLS
 * @param certificates what the peer has shown in the TLS handshake, its own certificate first: signed by an authority that the
 *     listener trusts, valid then, and the peer has proved that it has the key; empty without TLS, or if it has shown none
 * @param channel the TLS connection itself, to which proofs may be bound; null without TLS, or where requests are not bound to one
 * @param bearer the token in {@code Authorization: Bearer} with which a WebSocket was opened (RFC 6750); null if there was none
 * @param cookie by which a browser is known again; null if it is none, or the listener sets no cookies
 */
public record PeerCredentials(
        String address,
        boolean local,
        boolean encrypted,
        List<X509Certificate> certificates,
        @Nullable SSLSession channel,
        @Nullable String bearer,
        @Nullable PeerCookie cookie) {
    /** The name of the peer on a Unix domain socket. */
    private static final String UNIX = "unix";

    /** @param peer address and port, or {@code unix} */
    public static PeerCredentials of(
            String peer,
            boolean encrypted,
            List<X509Certificate> certificates,
            @Nullable SSLSession channel,
            @Nullable String bearer,
            @Nullable PeerCookie cookie) {
        int port = peer.lastIndexOf(':');
        String address =
                port < 0 ? peer : peer.substring(0, port).replace("[", "").replace("]", "");
        return new PeerCredentials(address, isLocal(address), encrypted, certificates, channel, bearer, cookie);
    }

    private static boolean isLocal(String address) {
        return address.equals(UNIX)
                || address.startsWith("127.")
                || address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("localhost");
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "PeerCredentials[" + address + "]";
    }

    public PeerCredentials {
        certificates = List.copyOf(certificates);
    }
}
