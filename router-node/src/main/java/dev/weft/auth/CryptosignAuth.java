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
 * Authentication"). A client that asks for a channel binding that is not there is refused, never let in without.
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
    public boolean asksForChallenge() {
        return principals.decider(method()) != null;
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        Ed25519Key key = Ed25519Key.parse(String.valueOf(request.extra("pubkey")));
        if (key == null) {
            return Authenticator.now(
                    AuthStep.Refused.malformed("authextra.pubkey is no public key of Ed25519 in hexadecimal"));
        }
        Binding binding = binding(request);
        if (binding == null) {
            return Authenticator.now(AuthStep.Refused.malformed(
                    "authextra.channel_binding: for cryptosign there is only " + ChannelBinding.exporterWords()));
        }
        String asked = request.extra("challenge");
        if (asked != null && !asked.matches("[0-9a-fA-F]{64}")) {
            return Authenticator.now(AuthStep.Refused.malformed("authextra.challenge is not 32 octets in hexadecimal"));
        }
        String authid = request.authid();
        if (authid == null && principals.decider(method()) == null) {
            return challenge(principals.files().findByKey(key.hex()), key, asked, binding);
        }
        return principals.find(method(), request).thenCompose(principal -> challenge(principal, key, asked, binding));
    }

    /**
     * To what connection proofs belong.
     *
     * @param type as the client named it; null for none
     * @param id what is signed is combined with; zeros for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Binding(@Nullable Object type, byte[] id) {
        /** What is to be signed for a challenge. */
        byte[] signed(byte[] challenge) {
            byte[] bound = challenge.clone();
            for (int i = 0; i < bound.length; i++) {
                bound[i] ^= id[i];
            }
            return bound;
        }
    }

    /** Null if the client asks for one that is not there. */
    private static @Nullable Binding binding(AuthRequest request) {
        Object type = request.authextra().get("channel_binding");
        if (type == null) {
            return new Binding(null, new byte[Ed25519Key.OCTETS]);
        }
        byte[] id = ChannelBinding.EXPORTER.equals(type) ? ChannelBinding.data(type, request.peer()) : null;
        return id == null ? null : new Binding(type, id);
    }

    private CompletionStage<AuthStep> challenge(
            Principal principal, Ed25519Key key, @Nullable String asked, Binding binding) {
        byte[] challenge = new byte[Ed25519Key.OCTETS];
        RANDOM.nextBytes(challenge);
        AuthStep.Proof proof = (signature, extra) -> check(principal, key, binding.signed(challenge), signature);
        Map<String, Object> extra = new HashMap<>();
        extra.put("challenge", HexFormat.of().formatHex(challenge));
        if (binding.type() != null) {
            extra.put("channel_binding", binding.type());
        }
        Ed25519Identity signer = router;
        if (asked == null || signer == null) {
            return Authenticator.now(new AuthStep.Challenged(AuthMethod.CRYPTOSIGN, extra, proof));
        }
        byte[] toSign = binding.signed(HexFormat.of().parseHex(asked));
        return workers.run(() -> new AuthStep.Challenged(AuthMethod.CRYPTOSIGN, signed(signer, extra, toSign), proof));
    }

    private static Map<String, Object> signed(Ed25519Identity router, Map<String, Object> extra, byte[] toSign) {
        extra.put("pubkey", router.publicKey());
        extra.put(
                "signature",
                HexFormat.of().formatHex(router.sign(toSign)) + HexFormat.of().formatHex(toSign));
        return extra;
    }

    /** The client sends the signature and what it signed; what it was to sign is checked, not what it says it did. */
    private CompletionStage<AuthStep> check(Principal principal, Ed25519Key key, byte[] expected, String signature) {
        if (!signature.matches("[0-9a-fA-F]{192}")) {
            return Authenticator.now(AuthStep.Refused.DENIED);
        }
        byte[] octets = HexFormat.of().parseHex(signature);
        byte[] message = Arrays.copyOfRange(octets, SIGNATURE, octets.length);
        byte[] signed = Arrays.copyOf(octets, SIGNATURE);
        return workers.run(() -> {
            boolean proved = key.isProvedBy(signed, expected)
                    & MessageDigest.isEqual(message, expected)
                    & principal.publicKeys().contains(key.hex())
                    & principal.real();
            return proved ? principals.grant(principal, AuthMethod.CRYPTOSIGN, Map.of()) : AuthStep.Refused.DENIED;
        });
    }
}
