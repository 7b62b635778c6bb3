package dev.weft.testkit;

import dev.weft.tls.CertificateFiles;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsSettings;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connects to listeners over TLS, trusting whatever they show. */
public final class TlsClients {
    private static final int PATIENCE_MILLIS = 10_000;

    private final SSLContext context;

    private TlsClients(SSLContext context) {
        this.context = context;
    }

    /** Shows no certificate. */
    public static TlsClients nobody() throws Exception {
        return of(null);
    }

    /** Shows the certificate, also if it has expired in the meantime. */
    public static TlsClients with(CertificateFiles certificate, Instant validAt) throws Exception {
        TlsSettings settings = TlsSettings.server("client", certificate);
        return of(new KeyManager[] {TlsMaterial.read(settings, validAt).keyManager()});
    }

    public static TlsClients with(CertificateFiles certificate) throws Exception {
        return with(certificate, Instant.now());
    }

    private static TlsClients of(KeyManager @Nullable [] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return new TlsClients(context);
    }

    /** A socket through its handshake. */
    public SSLSocket connect(int port) throws IOException {
        return connect(port, new SSLParameters());
    }

    /** Asks for the certificate of a host. */
    public SSLSocket connect(int port, String host) throws IOException {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        return connect(port, parameters);
    }

    /** Through its handshake over a socket that stays open when TLS is closed. */
    public SSLSocket over(Socket connected) throws IOException {
        connected.setSoTimeout(PATIENCE_MILLIS);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, "127.0.0.1", connected.getPort(), false);
        socket.startHandshake();
        return socket;
    }

    public SSLSocket connect(int port, SSLParameters parameters) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** The common name of what the listener has shown over a connection of its own. */
    public String shown(int port) throws IOException {
        try (SSLSocket socket = connect(port)) {
            return subject(socket);
        }
    }

    /** The same, asking for a host. */
    public String shown(int port, String host) throws IOException {
        try (SSLSocket socket = connect(port, host)) {
            return subject(socket);
        }
    }

    public static String subject(SSLSocket socket) throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }
}
