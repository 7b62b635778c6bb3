package dev.weft.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.weft.config.AuthMethod;
import dev.weft.config.JwtConfig;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client has a JSON Web Token (RFC 7519), in {@code Authorization: Bearer} where it opened the WebSocket, in
 * {@code authextra.token}, or in its answer to a challenge. Only algorithms that are configured are taken, all with the private
 * key of a pair; keys come from the issuer's key set and never from the token.
 */
final class JwtAuth implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(JwtAuth.class);

    /** Of access tokens (RFC 9068, section 2.1), in whatever case. */
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private static final JOSEObjectType ACCESS_TOKEN_IN_FULL = new JOSEObjectType("application/at+jwt");
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_AUTHID = 256;

    /** No session lasts as long; and it can be counted in nanoseconds. */
    private static final Duration AGES = Duration.ofDays(36_500);

    private final JwtConfig config;
    private final AuthWorkers workers;
    private final boolean plaintext;
    private final InstantSource clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @param plaintext whether tokens may come over connections from other machines that are not encrypted */
    JwtAuth(
            JwtConfig config,
            JWKSource<SecurityContext> keys,
            AuthWorkers workers,
            boolean plaintext,
            InstantSource clock) {
        this.config = config;
        this.workers = workers;
        this.plaintext = plaintext;
        this.clock = clock;
        Set<JWSAlgorithm> algorithms = config.algorithms().stream()
                .map(algorithm -> JWSAlgorithm.parse(algorithm.name()))
                .collect(Collectors.toSet());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, ACCESS_TOKEN_IN_FULL, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                Set.copyOf(config.audience()),
                new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                Set.of("exp", config.authidClaim()),
                Set.of());
        claims.setMaxClockSkew((int) config.leeway().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.JWT;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        boolean safe = plaintext || request.peer().encrypted() || request.peer().local();
        return safe && (given(request) != null || request.authmethods().contains(AuthMethod.JWT.label()));
    }

    private static @Nullable String given(AuthRequest request) {
        String token = request.extra("token");
        return token == null ? request.peer().bearer() : token;
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        String token = given(request);
        return token == null
                ? Authenticator.now(new AuthStep.Challenged(
                        AuthMethod.JWT, Map.of(), (answer, extra) -> check(request.realm(), answer)))
                : check(request.realm(), token);
    }

    private CompletionStage<AuthStep> check(String realm, String token) {
        return token.length() > LONGEST
                ? Authenticator.now(AuthStep.Refused.DENIED)
                : workers.run(() -> outcome(realm, token));
    }

    private AuthStep outcome(String realm, String token) {
        try {
            return granted(realm, processor.process(token, null));
        } catch (BadJOSEException | ParseException bad) {
            LOG.info("a token for realm {} is not good: {}", realm, bad.getMessage());
            return AuthStep.Refused.DENIED;
        } catch (JOSEException unknown) {
            // Clients decide how often this is: one line is enough.
            LOG.warn("The keys of {} cannot be had: {}", config.issuer(), unknown.toString());
            return AuthStep.Refused.FAILED;
        }
    }

    private AuthStep granted(String realm, JWTClaimsSet claims) {
        Object authid = claims.getClaim(config.authidClaim());
        String role = role(claims.getClaim(config.roleClaim()));
        // Claims that are there but null are required claims to the verifier, which then has nothing to compare with
        // the clock.
        Date expires = claims.getExpirationTime();
        boolean here = config.realmClaim().isEmpty() || realm.equals(claims.getClaim(config.realmClaim()));
        if (expires == null
                || !here
                || role == null
                || !(authid instanceof String name)
                || name.isEmpty()
                || name.length() > LONGEST_AUTHID) {
            LOG.info("a token for realm {} is of another realm, never ends, or gives no role or name", realm);
            return AuthStep.Refused.DENIED;
        }
        AuthStep.Granted granted = new AuthStep.Granted(name, role, AuthMethod.JWT, AuthMethod.JWT.label(), Map.of());
        Duration left = Duration.between(clock.instant(), expires.toInstant().plus(config.leeway()));
        return config.endAtExpiry() && left.compareTo(AGES) < 0
                ? granted.until(System.nanoTime() + left.toNanos())
                : granted;
    }

    private @Nullable String role(@Nullable Object claim) {
        if (claim == null) {
            return config.defaultRole().isEmpty() ? null : config.defaultRole();
        }
        List<?> told = claim instanceof List<?> list ? list : List.of(claim);
        return told.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(config.roles()::contains)
                .findFirst()
                .orElse(null);
    }
}
