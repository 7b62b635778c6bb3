package dev.weft.node.cli;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A new pair of Ed25519 keys (RFC 8032), as WAMP-Cryptosign writes them: 64 hexadecimal digits each.
 *
 * @param privateKey the seed
 */
record Ed25519Pair(String privateKey, String publicKey) {
    private static final int KEY_BYTES = 32;

    static Ed25519Pair create() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] spki = pair.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(spki, spki.length - KEY_BYTES, spki.length);
            return new Ed25519Pair(
                    HexFormat.of().formatHex(seed), HexFormat.of().formatHex(point));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has Ed25519", missing);
        }
    }

    @Override
    public String toString() {
        return publicKey;
    }
}
