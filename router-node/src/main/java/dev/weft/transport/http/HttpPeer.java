package dev.weft.transport.http;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who is at the other end of an HTTP connection.
 *
 * @param name address and port, for logs
 * @param tls whether the connection is by TLS
 * @param certificates what the client has shown in the TLS handshake, its own first
 */
record HttpPeer(String name, boolean tls, List<X509Certificate> certificates) {
    HttpPeer {
        certificates = List.copyOf(certificates);
    }
}
