package dev.weft.node;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.config.ClusterConfig;
import dev.weft.config.Secret;
import dev.weft.link.LinkSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the nodes of a cluster prove to each other, of the configuration. */
final class ConfiguredKeys {
    private static final String LINKS = "links";

    private ConfiguredKeys() {}

    /** Of {@code cluster.key} or, where there is none, of the links' secret; null if there is neither. */
    static @Nullable ClusterKeys of(ClusterConfig config) {
        Secret secret = config.key() != null ? config.key() : config.link().secret();
        if (secret == null) {
            return null;
        }
        List<ClusterKey> previous = config.previousKeys().stream()
                .map(key -> new ClusterKey(key.key().reveal(), config.name()))
                .toList();
        return new ClusterKeys(new ClusterKey(secret.reveal(), config.name()), previous);
    }

    /** The links' own secret or, where there is none, one derived of the cluster's key; empty if there is neither. */
    static LinkSecret ofLinks(ClusterConfig config) {
        Secret own = config.link().secret();
        if (own != null) {
            return new LinkSecret(own.reveal().getBytes(StandardCharsets.UTF_8));
        }
        ClusterKeys keys = of(config);
        if (keys == null) {
            return new LinkSecret(new byte[0]);
        }
        List<LinkSecret> previous = new ArrayList<>();
        keys.previous().forEach(key -> previous.add(new LinkSecret(key.derive(LINKS))));
        return new LinkSecret(keys.current().derive(LINKS), previous);
    }
}
