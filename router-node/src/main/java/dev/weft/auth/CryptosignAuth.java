package dev.weft.auth;

import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.auth.credential.Ed25519Key;
import dev.weft.config.AuthMethod;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The client signs a challenge with the private key of a public key that the router knows ("Cryptosign-based
 * Authentication"). A client that asks for channel binding is refused: see {@link ChannelBinding}.
 */
final class CryptosignAuth implements Authenticator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SIGNATURE = 64;

    private final PrincipalSource principals;
    private final AuthWorkers workers;
    private final @Nullable Ed25519Identity router;

    /** @param router the router's own key, by which clients may know it; null if it has none */
    CryptosignAuth(PrincipalSource principals, AuthWorkers workers, @Nullable Ed25519Identity router) {
        this.principals = principals;
        this.workers = workers;
        this.router = router;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.CRYPTOSIGN;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        String key = request.extra("pubkey");
        String authid = request.authid();
        return key != null
                && (authid == null
                        || principals.mayUse(
                                method(),
                                authid,
                                principal -> !principal.publicKeys().isEmpty()));
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        Ed25519Key key = Ed25519Key.parse(String.valueOf(request.extra("pubkey")));
        if (key == null) {
            return Authenticator.now(
                    AuthStep.Refused.malformed("authextra.pubkey is no public key of Ed25519 in hexadecimal"));
        }
        if (request.authextra().get("channel_binding") != null) {
            return Authenticator.now(
                    AuthStep.Refused.malformed("authextra.channel_binding: none is supported for cryptosign"));
        }
        String asked = request.extra("challenge");
        if (asked != null && !asked.matches("[0-9a-fA-F]{64}")) {
            return Authenticator.now(AuthStep.Refused.malformed("authextra.challenge is not 32 octets in hexadecimal"));
        }
        String authid = request.authid();
        if (authid == null && principals.decider(method()) == null) {
            return challenge(principals.files().findByKey(key.hex()), key, asked);
        }
        return principals.find(method(), request).thenCompose(principal -> challenge(principal, key, asked));
    }

    private CompletionStage<AuthStep> challenge(Principal principal, Ed25519Key key, @Nullable String asked) {
        byte[] challenge = new byte[Ed25519Key.OCTETS];
        RANDOM.nextBytes(challenge);
        AuthStep.Proof proof = (signature, extra) -> check(principal, key, challenge, signature);
        Ed25519Identity signer = router;
        if (asked == null || signer == null) {
            return Authenticator.now(new AuthStep.Challenged(AuthMethod.CRYPTOSIGN, extra(challenge), proof));
        }
        byte[] toSign = HexFormat.of().parseHex(asked);
        return workers.run(
                () -> new AuthStep.Challenged(AuthMethod.CRYPTOSIGN, signed(signer, challenge, toSign), proof));
    }

    private static Map<String, Object> extra(byte[] challenge) {
        Map<String, Object> extra = new HashMap<>();
        extra.put("challenge", HexFormat.of().formatHex(challenge));
        return extra;
    }

    private static Map<String, Object> signed(Ed25519Identity router, byte[] challenge, byte[] toSign) {
        Map<String, Object> extra = extra(challenge);
        extra.put("pubkey", router.publicKey());
        extra.put(
                "signature",
                HexFormat.of().formatHex(router.sign(toSign)) + HexFormat.of().formatHex(toSign));
        return extra;
    }

    /** The client sends the signature and what it signed; what it was to sign is checked, not what it says it did. */
    private CompletionStage<AuthStep> check(Principal principal, Ed25519Key key, byte[] challenge, String signature) {
        if (!signature.matches("[0-9a-fA-F]{192}")) {
            return Authenticator.now(AuthStep.Refused.DENIED);
        }
        byte[] octets = HexFormat.of().parseHex(signature);
        byte[] message = Arrays.copyOfRange(octets, SIGNATURE, octets.length);
        byte[] signed = Arrays.copyOf(octets, SIGNATURE);
        return workers.run(() -> {
            boolean proved = key.isProvedBy(signed, challenge)
                    & MessageDigest.isEqual(message, challenge)
                    & principal.publicKeys().contains(key.hex())
                    & principal.real();
            return proved ? Grants.to(principal, AuthMethod.CRYPTOSIGN, Map.of()) : AuthStep.Refused.DENIED;
        });
    }
}
