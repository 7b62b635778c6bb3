package dev.weft.config;

import dev.weft.tls.CertificateFiles;
import dev.weft.tls.ClientAuth;
import dev.weft.tls.TlsEngine;
import dev.weft.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How nodes prove to each other by certificates who they are. All three are PEM files.
 *
 * @param certificate of this node, then the rest of its chain
 * @param key the private key, without a passphrase
 * @param ca what the certificates of the other nodes have to be signed by
 */
public record LinkTlsConfig(
        @Key(
                doc =
                        "The PEM file of this node's certificate, followed by the rest of its chain. It has to name the node"
                                + " (`node.name`) or the cluster (`cluster.name`), as a DNS name or common name.",
                required = true,
                example = "/etc/weft/link.crt")
        Path certificate,

        @Key(
                doc = "The PEM file of the private key (PKCS #8, or as OpenSSL writes RSA and EC keys; no passphrase).",
                required = true,
                example = "/etc/weft/link.key")
        Path key,

        @Key(
                doc = "The PEM file of the authority that signed the certificates of all nodes.",
                required = true,
                example = "/etc/weft/ca.crt")
        Path ca,

        @Key(
                doc =
                        "What speaks TLS: `jdk`, or `openssl`, the native library BoringSSL, which takes less processor time for each"
                                + " message (docs/security.md#the-engine).",
                value = "jdk")
        TlsEngine engine,

        @Key(
                doc =
                        "How often the three files are looked at. When they have changed and are good, connections between"
                                + " nodes from then on use them; files that cannot be used are logged and counted, and the earlier"
                                + " ones stay in use.",
                value = "10s",
                min = "100ms",
                max = "1d")
        Duration reloadInterval) {

    /** Both ends of a link ask for a certificate. */
    public TlsSettings settings() {
        return new TlsSettings(
                "links",
                List.of(new CertificateFiles(certificate, key)),
                List.of(ca),
                ClientAuth.REQUIRE,
                TlsSettings.PROTOCOLS,
                TlsSettings.CIPHER_SUITES,
                engine,
                reloadInterval);
    }
}
