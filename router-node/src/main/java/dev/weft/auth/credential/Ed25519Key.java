package dev.weft.auth.credential;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A public key of Ed25519 (RFC 8032), as WAMP-Cryptosign writes it: 64 hexadecimal digits. */
public final class Ed25519Key {
    /** Octets of a key. */
    public static final int OCTETS = 32;

    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The y of the points of small order: a signature of such a key says nothing. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            PRIME.subtract(BigInteger.ONE),
            little("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            little("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

    private final String hex;
    private final PublicKey key;

    private Ed25519Key(String hex, PublicKey key) {
        this.hex = hex;
        this.key = key;
    }

    /** Null if it is no key, or one that must not be used. */
    public static @Nullable Ed25519Key parse(String text) {
        if (!text.matches("[0-9a-fA-F]{64}")) {
            return null;
        }
        byte[] octets = HexFormat.of().parseHex(text);
        boolean odd = octets[OCTETS - 1] < 0;
        octets[OCTETS - 1] = (byte) (octets[OCTETS - 1] & 0x7F);
        BigInteger y = little(HexFormat.of().formatHex(octets));
        if (y.compareTo(PRIME) >= 0 || SMALL_ORDER.contains(y)) {
            return null;
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y)));
            return new Ed25519Key(text.toLowerCase(java.util.Locale.ROOT), key);
        } catch (GeneralSecurityException notOnTheCurve) {
            return null;
        }
    }

    private static BigInteger little(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        byte[] big = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            big[i] = octets[octets.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    /** Lower-case hexadecimal. */
    public String hex() {
        return hex;
    }

    /** Whether the signature is that of the message. Takes about a millisecond. */
    public boolean isProvedBy(byte[] signature, byte[] message) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ed25519Key same && same.hex.equals(hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return hex;
    }
}
