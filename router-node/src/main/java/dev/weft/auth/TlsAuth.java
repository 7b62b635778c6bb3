package dev.weft.auth;

import dev.weft.config.AuthMethod;
import dev.weft.config.CertificateAuthConfig;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The client has shown a certificate in the TLS handshake, which the listener has verified. */
final class TlsAuth implements Authenticator {
    private static final String PROVIDER = "tls";

    private final Principals principals;
    private final @Nullable CertificateAuthConfig rule;

    /** @param rule for certificates that no principal names; null for none of them */
    TlsAuth(Principals principals, @Nullable CertificateAuthConfig rule) {
        this.principals = principals;
        this.rule = rule;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.TLS;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        return !request.peer().certificates().isEmpty();
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        X509Certificate certificate = request.peer().certificates().get(0);
        Principal principal = principals.findByCertificate(CertificateNames.of(certificate));
        return Authenticator.now(
                principal == null ? byRule(certificate) : Grants.to(principal, AuthMethod.TLS, Map.of()));
    }

    private AuthStep byRule(X509Certificate certificate) {
        if (rule == null) {
            return AuthStep.Refused.DENIED;
        }
        List<String> names = CertificateNames.of(certificate, rule.authid());
        return names.size() == 1 && !names.get(0).isEmpty()
                ? new AuthStep.Granted(names.get(0), rule.role(), AuthMethod.TLS, PROVIDER, Map.of())
                : AuthStep.Refused.DENIED;
    }
}
