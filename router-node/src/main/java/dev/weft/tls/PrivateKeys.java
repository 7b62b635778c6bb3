package dev.weft.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a private key, and tells whether it belongs to a certificate. */
final class PrivateKeys {
    private static final byte[] SAMPLE = new byte[32];
    private static final byte[] VERSION_ZERO = {2, 1, 0};

    /** The DER of the algorithm of an RSA key: its OID and no parameters (RFC 8017 appendix A). */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** The DER of the algorithm of an EC key on each curve by its size in bits (RFC 5480 section 2.1.1). */
    private static final Map<Integer, byte[]> EC = Map.of(
            256, HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107"),
            384, HexFormat.of().parseHex("301006072a8648ce3d020106052b81040022"),
            521, HexFormat.of().parseHex("301006072a8648ce3d020106052b81040023"));

    private PrivateKeys() {}

    /** @param certificate whose key it should be: it says of what kind */
    static PrivateKey read(Path path, PemFile.Block block, X509Certificate certificate) throws TlsProblem {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(block, certificate)));
            if (!belongs(key, certificate)) {
                throw new TlsProblem(path + " is not the key of the certificate");
            }
            return key;
        } catch (GeneralSecurityException unreadable) {
            throw new TlsProblem(path + " has no " + algorithm + " key, which the certificate is for", unreadable);
        }
    }

    private static byte[] pkcs8(PemFile.Block block, X509Certificate certificate) throws GeneralSecurityException {
        byte[] algorithm = switch (block.label()) {
            case "RSA PRIVATE KEY" -> RSA;
            case "EC PRIVATE KEY" -> curve(certificate);
            default -> null;
        };
        return algorithm == null ? block.bytes() : Der.sequence(VERSION_ZERO, algorithm, Der.octets(block.bytes()));
    }

    private static byte @Nullable [] curve(X509Certificate certificate) throws GeneralSecurityException {
        if (!(certificate.getPublicKey() instanceof ECPublicKey ec)) {
            throw new GeneralSecurityException("the certificate is for another kind of key");
        }
        return EC.get(ec.getParams().getCurve().getField().getFieldSize());
    }

    /** Whether what the key signs is verified by the certificate. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        try {
            return signature.verify(signed);
        } catch (GeneralSecurityException wrongSize) {
            return false;
        }
    }
}
