package dev.weft.auth;

import dev.weft.auth.credential.Crypto;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.config.AuthMethod;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The client shows that it knows a password, and the router that it knows what checks it ("Salted Challenge Response
 * Authentication", RFC 5802, RFC 7677). See {@link ChannelBinding}.
 */
final class ScramAuth implements Authenticator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 18;
    private static final int SHORTEST_NONCE = 8;
    private static final int LONGEST_NONCE = 256;

    private final PrincipalSource principals;

    ScramAuth(PrincipalSource principals) {
        this.principals = principals;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.WAMP_SCRAM;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        return principals.mayUse(method(), request.authid(), principal -> principal.scram() != null);
    }

    @Override
    public boolean asksForChallenge() {
        return principals.decider(method()) != null;
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        String clientNonce = request.extra("nonce");
        if (clientNonce == null || !isNonce(clientNonce)) {
            return Authenticator.now(
                    AuthStep.Refused.malformed("authextra.nonce has to be 8 to 256 characters of base64"));
        }
        Object binding = request.authextra().get("channel_binding");
        byte[] bound = binding == null ? null : ChannelBinding.data(binding, request.peer());
        if (binding != null && bound == null) {
            return Authenticator.now(AuthStep.Refused.malformed("authextra.channel_binding: there is only "
                    + ChannelBinding.END_POINT + " over TLS, and " + ChannelBinding.exporterWords()));
        }
        return principals
                .find(method(), request)
                .thenApply(principal -> challenge(request, principal, clientNonce, binding, bound));
    }

    private AuthStep challenge(
            AuthRequest request,
            Principal principal,
            String clientNonce,
            @Nullable Object binding,
            byte @Nullable [] bound) {
        ScramCredential credential = principal.scram();
        if (credential == null) {
            return AuthStep.Refused.DENIED;
        }
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        String both = clientNonce + Crypto.base64(nonce);
        Exchange exchange = new Exchange(
                principals, principal, credential, String.valueOf(request.authid()), clientNonce, both, binding, bound);
        return new AuthStep.Challenged(AuthMethod.WAMP_SCRAM, exchange.challenge(), exchange::check);
    }

    private static boolean isNonce(String nonce) {
        try {
            return nonce.length() >= SHORTEST_NONCE
                    && nonce.length() <= LONGEST_NONCE
                    && Crypto.fromBase64(nonce).length > 0;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * One exchange.
     *
     * @param authid as HELLO has it
     * @param binding the type of channel binding, or null
     * @param bound what the channel binding has to be; null without one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Exchange(
            PrincipalSource principals,
            Principal principal,
            ScramCredential credential,
            String authid,
            String clientNonce,
            String nonce,
            @Nullable Object binding,
            byte @Nullable [] bound) {

        Map<String, Object> challenge() {
            Map<String, Object> extra = new HashMap<>();
            extra.put("nonce", nonce);
            extra.put("salt", Crypto.base64(credential.salt()));
            extra.put("kdf", credential.kdf().label());
            extra.put("iterations", (long) credential.iterations());
            if (credential.memory() > 0) {
                extra.put("memory", (long) credential.memory());
            }
            return extra;
        }

        CompletionStage<AuthStep> check(String signature, Map<String, Object> extra) {
            byte[] proof = proof(signature);
            String message = authMessage();
            boolean proved = credential.isProvedBy(proof, message) & isAnswered(extra) & principal.real();
            return Authenticator.now(
                    proved
                            ? principals.grant(
                                    principal,
                                    AuthMethod.WAMP_SCRAM,
                                    Map.of("verifier", Crypto.base64(credential.serverSignature(message))))
                            : AuthStep.Refused.DENIED);
        }

        private boolean isAnswered(Map<String, Object> extra) {
            Object data = extra.get("cbind_data");
            return nonce.equals(extra.get("nonce"))
                    && java.util.Objects.equals(binding, extra.get("channel_binding"))
                    && (bound == null ? data == null : Crypto.base64(bound).equals(data));
        }

        private static byte[] proof(String signature) {
            try {
                return Crypto.fromBase64(signature);
            } catch (IllegalArgumentException notBase64) {
                return new byte[Crypto.DIGEST];
            }
        }

        /** RFC 5802, section 3, in the syntax of its section 7. */
        private String authMessage() {
            String name = authid.replace("=", "=3D").replace(",", "=2C");
            byte[] header = Crypto.utf8((binding == null ? "n" : "p=" + binding) + ",,");
            byte[] input = java.util.Arrays.copyOf(header, header.length + (bound == null ? 0 : bound.length));
            if (bound != null) {
                System.arraycopy(bound, 0, input, header.length, bound.length);
            }
            return "n=" + name + ",r=" + clientNonce
                    + ",r=" + nonce + ",s=" + Crypto.base64(credential.salt()) + ",i=" + credential.iterations()
                    + ",c=" + Crypto.base64(input) + ",r=" + nonce;
        }
    }
}
