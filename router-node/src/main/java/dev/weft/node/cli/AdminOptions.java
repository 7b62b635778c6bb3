package dev.weft.node.cli;

import dev.weft.config.HostPort;
import dev.weft.tls.CertificateFiles;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which node a command asks, how it shows that it may, and how the answer is printed. */
final class AdminOptions {
    static final String VARIABLE = "WEFT_ADMIN";
    static final String DEFAULT = "127.0.0.1:8180";

    private static final String CA_VARIABLE = "WEFT_ADMIN_CA";
    private static final String TOKEN_VARIABLE = "WEFT_ADMIN_TOKEN";
    private static final String SECURE = "https://";

    /** How an answer is printed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "The node's admin port (default: the variable " + VARIABLE + ", else " + DEFAULT
                    + "); https://HOST:PORT with TLS.")
    private @Nullable String admin;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "The file of the port's token (default: the variable " + TOKEN_VARIABLE + " has the token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--admin-ca",
            paramLabel = "FILE",
            description = "With TLS: who has signed the node's certificate (default: the variable " + CA_VARIABLE
                    + ", else who Java trusts).")
    private @Nullable Path ca;

    @Option(
            names = "--admin-certificate",
            paramLabel = "FILE",
            description = "With TLS: the certificate to show, if the port asks for one.")
    private @Nullable Path certificate;

    @Option(names = "--admin-key", paramLabel = "FILE", description = "The key of that certificate.")
    private @Nullable Path key;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private Format format = Format.text;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    boolean isJson() {
        return json || format == Format.json;
    }

    /** @throws TypeConversionException if what was given cannot be used */
    AdminTarget target(Map<String, String> environment) {
        String written = admin != null ? admin : environment.getOrDefault(VARIABLE, DEFAULT);
        boolean secure = written.startsWith(SECURE);
        HostPort address = HostPort.parse(secure ? written.substring(SECURE.length()) : written);
        if (address == null) {
            throw new TypeConversionException("expected host:port such as " + DEFAULT + ", found '" + written + "'");
        }
        return new AdminTarget(address, secure ? tls(environment) : null, token(environment));
    }

    private @Nullable String token(Map<String, String> environment) {
        if (tokenFile == null) {
            return environment.get(TOKEN_VARIABLE);
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException unreadable) {
            throw new TypeConversionException("the file " + tokenFile + " cannot be read");
        }
    }

    private SSLContext tls(Map<String, String> environment) {
        String named = environment.get(CA_VARIABLE);
        Path authority = ca != null || named == null ? ca : Path.of(named);
        if ((certificate == null) != (key == null)) {
            throw new TypeConversionException("--admin-certificate and --admin-key belong together");
        }
        try {
            TlsMaterial material = TlsMaterial.read(settings(authority), Instant.now());
            TrustManager trust = material.trustManager();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {material.keyManager()}, trust == null ? null : new TrustManager[] {trust}, null);
            return context;
        } catch (TlsProblem | GeneralSecurityException unusable) {
            throw new TypeConversionException(String.valueOf(unusable.getMessage()));
        }
    }

    private TlsSettings settings(@Nullable Path authority) {
        List<CertificateFiles> shown =
                certificate == null || key == null ? List.of() : List.of(new CertificateFiles(certificate, key));
        return TlsSettings.client("admin", shown, authority == null ? List.of() : List.of(authority));
    }
}
