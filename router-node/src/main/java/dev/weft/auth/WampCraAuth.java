package dev.weft.auth;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
import dev.weft.config.AuthMethod;
import dev.weft.config.JsonText;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The client signs a challenge with a secret that both know ("Challenge Response Authentication"). */
final class WampCraAuth implements Authenticator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 24;

    private final PrincipalSource principals;
    private final InstantSource clock;

    /** @param clock for people: the challenge says when it was made */
    WampCraAuth(PrincipalSource principals, InstantSource clock) {
        this.principals = principals;
        this.clock = clock;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.WAMPCRA;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        return principals.mayUse(method(), request.authid(), principal -> principal.wampcra() != null);
    }

    @Override
    public boolean asksForChallenge() {
        return principals.decider(method()) != null;
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        return principals.find(method(), request).thenApply(principal -> challenge(request, principal));
    }

    private AuthStep challenge(AuthRequest request, Principal principal) {
        CraCredential credential = principal.wampcra();
        if (credential == null) {
            return AuthStep.Refused.DENIED;
        }
        String challenge = challenge(principal, request.session());
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("challenge", challenge);
        if (credential.isSalted()) {
            extra.put("salt", credential.salt());
            extra.put("iterations", (long) credential.iterations());
            extra.put("keylen", (long) credential.length());
        }
        return new AuthStep.Challenged(
                AuthMethod.WAMPCRA,
                extra,
                (signature, ignored) -> Authenticator.now(outcome(principal, credential, signature, challenge)));
    }

    private String challenge(Principal principal, long session) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("authid", principal.authid());
        members.put("authrole", principal.role());
        members.put("authmethod", AuthMethod.WAMPCRA.label());
        members.put("authprovider", principal.provider());
        members.put("nonce", Crypto.base64(nonce));
        members.put("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        members.put("session", session);
        return JsonText.line(members);
    }

    private AuthStep outcome(Principal principal, CraCredential credential, String signature, String challenge) {
        boolean proved = credential.isProvedBy(signature, challenge) & principal.real();
        return proved ? principals.grant(principal, AuthMethod.WAMPCRA, Map.of()) : AuthStep.Refused.DENIED;
    }
}
