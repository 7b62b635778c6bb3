package dev.weft.testkit;

import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Hello;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The client's side of each method, written from the specification and not from the router's code. */
public final class Claimant {
    public static final String NONCE = "rOprNGfwEbeRWgbNEkqO";

    private static final Map<String, Object> ROLES =
            Map.of("publisher", Map.of(), "subscriber", Map.of(), "caller", Map.of(), "callee", Map.of());

    private Claimant() {}

    public static Hello hello(String realm, String authid, Map<String, Object> authextra, String... methods) {
        Map<String, Object> details = new HashMap<>(Map.of("roles", ROLES, "authmethods", List.of(methods)));
        if (authid != null) {
            details.put("authid", authid);
        }
        if (!authextra.isEmpty()) {
            details.put("authextra", authextra);
        }
        return new Hello(realm, details);
    }

    /** What a client with this secret answers; of cryptosign the secret is the private key. */
    public static Authenticate answer(Challenge challenge, String authid, String secret) {
        return switch (challenge.authmethod()) {
            case "ticket" -> new Authenticate(secret, Map.of());
            case "wampcra" -> wampcra(challenge, secret);
            case "wamp-scram" -> scram(challenge, authid, secret);
            case "cryptosign" -> cryptosign(challenge, secret);
            default -> throw new AssertionError(challenge);
        };
    }

    /** HELLO, and the answer to the challenge; returns WELCOME or ABORT. */
    public static WampMessage login(TestClient client, Hello hello, String secret) throws IOException {
        client.send(hello);
        WampMessage first = client.receive();
        if (!(first instanceof Challenge challenge)) {
            return first;
        }
        client.send(answer(challenge, String.valueOf(hello.details().get("authid")), secret));
        return client.receive();
    }

    private static Authenticate wampcra(Challenge challenge, String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (challenge.extra().get("salt") instanceof String salt) {
            byte[] derived = pbkdf2(
                    secret,
                    salt.getBytes(StandardCharsets.UTF_8),
                    ((Number) challenge.extra().get("iterations")).intValue(),
                    ((Number) challenge.extra().get("keylen")).intValue());
            key = Base64.getEncoder().encode(derived);
        }
        byte[] signed = hmac(key, (String) challenge.extra().get("challenge"));
        return new Authenticate(Base64.getEncoder().encodeToString(signed), Map.of());
    }

    private static Authenticate scram(Challenge challenge, String authid, String password) {
        return new Authenticate(
                proof(challenge, authid, password, "biws"),
                Map.of("nonce", challenge.extra().get("nonce")));
    }

    /** SCRAM, bound to the certificate that the router has shown. */
    public static Authenticate bound(Challenge challenge, String authid, String password, String type, byte[] data) {
        byte[] header = ("p=" + type + ",,").getBytes(StandardCharsets.UTF_8);
        byte[] input = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        String proof = proof(challenge, authid, password, Base64.getEncoder().encodeToString(input));
        return new Authenticate(
                proof,
                Map.of(
                        "nonce",
                        challenge.extra().get("nonce"),
                        "channel_binding",
                        type,
                        "cbind_data",
                        Base64.getEncoder().encodeToString(data)));
    }

    private static String proof(Challenge challenge, String authid, String password, String binding) {
        Map<String, Object> extra = challenge.extra();
        int iterations = ((Number) extra.get("iterations")).intValue();
        byte[] salted = pbkdf2(password, Base64.getDecoder().decode((String) extra.get("salt")), iterations, 32);
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] signature = hmac(sha256(clientKey), scramMessage(extra, authid, binding));
        byte[] proof = new byte[32];
        for (int i = 0; i < proof.length; i++) {
            proof[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        return Base64.getEncoder().encodeToString(proof);
    }

    private static String scramMessage(Map<String, Object> challenge, String authid, String binding) {
        return "n=" + authid + ",r=" + NONCE + ",r=" + challenge.get("nonce") + ",s=" + challenge.get("salt") + ",i="
                + challenge.get("iterations") + ",c=" + binding + ",r=" + challenge.get("nonce");
    }

    /** What a router that knows the password sends as {@code verifier}. */
    public static String verifier(Challenge challenge, String authid, String password) {
        byte[] salt = Base64.getDecoder().decode((String) challenge.extra().get("salt"));
        byte[] salted = pbkdf2(password, salt, ((Number) challenge.extra().get("iterations")).intValue(), 32);
        return Base64.getEncoder()
                .encodeToString(hmac(hmac(salted, "Server Key"), scramMessage(challenge.extra(), authid, "biws")));
    }

    private static Authenticate cryptosign(Challenge challenge, String privateKey) {
        String text = (String) challenge.extra().get("challenge");
        return new Authenticate(sign(privateKey, HexFormat.of().parseHex(text)) + text, Map.of());
    }

    /** In hexadecimal. */
    public static String sign(String privateKey, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(HexFormat.of().parseHex(privateKey), 0));
        signer.update(message, 0, message.length);
        return HexFormat.of().formatHex(signer.generateSignature());
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations, int octets) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, octets * 8))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
