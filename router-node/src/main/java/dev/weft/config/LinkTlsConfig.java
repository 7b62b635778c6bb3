package dev.weft.config;

import java.nio.file.Path;

/**
 * How nodes prove to each other by certificates who they are. All three are PEM files.
 *
 * @param certificate of this node, then the rest of its chain
 * @param key the private key, PKCS #8 without a passphrase
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
                doc = "The PEM file of the private key (PKCS #8, no passphrase).",
                required = true,
                example = "/etc/weft/link.key")
        Path key,

        @Key(
                doc = "The PEM file of the authority that signed the certificates of all nodes.",
                required = true,
                example = "/etc/weft/ca.crt")
        Path ca) {}
