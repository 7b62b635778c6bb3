package dev.weft.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for all the values of a configuration, to see whether two nodes run with the same. */
public final class ConfigDigest {
    private static final int BYTES = 6;

    private ConfigDigest() {}

    /** 12 hexadecimal digits. Secrets take no part. */
    public static String of(NodeConfig config) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(config.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
