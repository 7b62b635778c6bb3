package dev.weft.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of one PEM file (RFC 7468). Text between them is allowed and not looked at. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*\\n([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";

    private final Path path;
    private final List<Block> blocks = new ArrayList<>();

    /** @param label what is between BEGIN and the dashes */
    record Block(String label, byte[] bytes) {}

    /** @throws TlsProblem if a block is not Base64 */
    PemFile(Path path, byte[] content) throws TlsProblem {
        this.path = path;
        Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            blocks.add(new Block(block.group(1), decode(block.group(2))));
        }
    }

    private byte[] decode(String base64) throws TlsProblem {
        if (base64.contains("ENCRYPTED")) {
            throw encrypted();
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new TlsProblem(path + " is no PEM file: a block is not Base64", broken);
        }
    }

    /** Its certificates, at least one. */
    List<X509Certificate> certificates() throws TlsProblem {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks) {
                if (block.label.equals(CERTIFICATE)) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes)));
                }
            }
        } catch (CertificateException broken) {
            throw new TlsProblem(path + " has a certificate that cannot be read", broken);
        }
        if (certificates.isEmpty()) {
            throw new TlsProblem(path + " has no certificate");
        }
        return certificates;
    }

    /** Its private key. */
    Block key() throws TlsProblem {
        List<Block> keys = blocks.stream()
                .filter(block -> block.label.endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw new TlsProblem(path + (keys.isEmpty() ? " has no private key" : " has more than one private key"));
        }
        if (keys.get(0).label.startsWith("ENCRYPTED")) {
            throw encrypted();
        }
        return keys.get(0);
    }

    private TlsProblem encrypted() {
        return new TlsProblem(path + " has a key with a passphrase; a key without one is needed");
    }
}
