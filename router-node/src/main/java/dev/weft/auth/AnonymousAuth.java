package dev.weft.auth;

import dev.weft.config.AuthMethod;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Lets anybody in. */
final class AnonymousAuth implements Authenticator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME = 8;

    private final String role;
    private final boolean chosenNames;

    /** @param chosenNames whether clients may say what they are called */
    AnonymousAuth(String role, boolean chosenNames) {
        this.role = role;
        this.chosenNames = chosenNames;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.ANONYMOUS;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        return true;
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        String chosen = chosenNames ? request.authid() : null;
        return Authenticator.now(new AuthStep.Granted(
                chosen == null ? drawn() : chosen, role, AuthMethod.ANONYMOUS, Principal.STATIC, Map.of()));
    }

    private static String drawn() {
        byte[] name = new byte[NAME];
        RANDOM.nextBytes(name);
        return "anonymous-" + HexFormat.of().formatHex(name);
    }
}
