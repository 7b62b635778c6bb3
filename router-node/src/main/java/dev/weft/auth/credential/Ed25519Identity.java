package dev.weft.auth.credential;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A private key of Ed25519 (RFC 8032), as WAMP-Cryptosign writes it: its seed in 64 hexadecimal digits. */
public final class Ed25519Identity {
    private final Ed25519PrivateKeyParameters key;

    private Ed25519Identity(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is no key */
    public static Ed25519Identity parse(String text) {
        if (!text.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("a private key has 64 hexadecimal digits");
        }
        return new Ed25519Identity(
                new Ed25519PrivateKeyParameters(HexFormat.of().parseHex(text), 0));
    }

    /** The public key in lower-case hexadecimal. */
    public String publicKey() {
        return HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
    }

    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    @Override
    public String toString() {
        return "***";
    }
}
