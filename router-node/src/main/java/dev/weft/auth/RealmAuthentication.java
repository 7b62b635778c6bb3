package dev.weft.auth;

import dev.weft.config.AuthMethod;
import dev.weft.wamp.PrintableText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may join one realm, and how. The first of the realm's methods that the client offers and can use is the one that
 * decides: when it fails, no other is tried. Thread-safe.
 */
public final class RealmAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(RealmAuthentication.class);

    private final String name;
    private final List<Authenticator> methods;
    private final AttemptLimiter attempts;
    private final AuthCounters counters;
    private final long challengeMillis;
    private final @Nullable RealmCookies cookies;

    /**
     * @param name for which failed attempts are counted: realms with the same principals have one
     * @param methods in the order in which the realm prefers them
     * @param challengeMillis how long a client may take to answer a challenge
     * @param cookies by which browsers are known again; null if they are not
     */
    RealmAuthentication(
            String name,
            List<Authenticator> methods,
            AttemptLimiter attempts,
            AuthCounters counters,
            long challengeMillis,
            @Nullable RealmCookies cookies) {
        this.name = name;
        this.methods = List.copyOf(methods);
        this.attempts = attempts;
        this.counters = counters;
        this.challengeMillis = challengeMillis;
        this.cookies = cookies;
    }

    /** Of a realm that anybody may join. */
    public static RealmAuthentication open(String role) {
        return new RealmAuthentication(
                "",
                List.of(new AnonymousAuth(role, false)),
                new AttemptLimiter(AttemptLimiter.Limits.NONE, new byte[1], System::nanoTime),
                new AuthCounters(),
                1,
                null);
    }

    /** How long a client may take to answer a challenge, in milliseconds. */
    public long challengeMillis() {
        return challengeMillis;
    }

    /** The browsers that are known again; null if none is. */
    public @Nullable CookieLogins cookies() {
        return cookies == null ? null : cookies.logins();
    }

    /** The first step for a client. On its event loop; any thread may complete the stage. */
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        for (Authenticator method : methods) {
            if (isOffered(method.method(), request) && method.isPossible(request)) {
                return begin(method, request);
            }
        }
        AuthStep.Refused refusal = request.authmethods().isEmpty()
                ? new AuthStep.Refused(AuthStep.Reason.REQUIRED, "the client has to authenticate: " + names())
                : new AuthStep.Refused(AuthStep.Reason.NO_METHOD, "no method of the client can be used: " + names());
        counters.count(refusal);
        return Authenticator.now(refusal);
    }

    private String names() {
        return "the realm accepts "
                + methods.stream().map(method -> method.method().label()).collect(Collectors.joining(", "));
    }

    /** A client that names no methods takes what there is without a challenge. */
    private static boolean isOffered(AuthMethod method, AuthRequest request) {
        return request.authmethods().isEmpty()
                ? method.needsNoChallenge()
                : request.authmethods().contains(method.label());
    }

    private CompletionStage<AuthStep> begin(Authenticator method, AuthRequest request) {
        if (method.method() == AuthMethod.ANONYMOUS) {
            return settled(method.begin(request));
        }
        List<Long> keys = attempts.keys(request.peer(), name, subject(request));
        if (!attempts.mayTry(keys)) {
            return tooOften();
        }
        return settled(method.begin(request)).thenApply(step -> first(request, step, keys, method.asksForChallenge()));
    }

    private CompletionStage<AuthStep> tooOften() {
        counters.count(AuthStep.Refused.TOO_OFTEN);
        return Authenticator.now(AuthStep.Refused.TOO_OFTEN);
    }

    /** Whom an attempt is counted for besides the address. */
    private static String subject(AuthRequest request) {
        String authid = request.authid();
        String key = request.extra("pubkey");
        return authid != null ? authid : key == null ? "" : key;
    }

    /** @param asked whether a procedure was: then a challenge that is never answered is an attempt that failed */
    private AuthStep first(AuthRequest request, AuthStep step, List<Long> keys, boolean asked) {
        if (step instanceof AuthStep.Challenged challenge) {
            return new AuthStep.Challenged(challenge.method(), challenge.extra(), new AuthStep.Proof() {
                @Override
                public CompletionStage<AuthStep> check(String signature, Map<String, Object> extra) {
                    return checked(challenge, keys, signature, extra).thenCompose(end -> remembered(request, end));
                }

                @Override
                public void abandoned() {
                    if (asked) {
                        fail(keys);
                    }
                }
            });
        }
        if (AuthStep.Refused.DENIED.equals(step)) {
            fail(keys);
        }
        return step;
    }

    private void fail(List<Long> keys) {
        attempts.take(keys);
        attempts.failed(keys);
    }

    private CompletionStage<AuthStep> checked(
            AuthStep.Challenged challenge, List<Long> keys, String signature, Map<String, Object> extra) {
        if (!attempts.take(keys)) {
            return tooOften();
        }
        return settled(challenge.proof().check(signature, extra)).thenApply(step -> {
            if (step instanceof AuthStep.Granted || AuthStep.Refused.OVERLOADED.equals(step)) {
                attempts.giveBack(keys);
            } else {
                attempts.failed(keys);
            }
            return step;
        });
    }

    private CompletionStage<AuthStep> remembered(AuthRequest request, AuthStep step) {
        return cookies != null && step instanceof AuthStep.Granted granted
                ? cookies.remember(request, granted)
                : Authenticator.now(step);
    }

    /** Whatever goes wrong on the way, the client is not let in. */
    private CompletionStage<AuthStep> settled(CompletionStage<AuthStep> deciding) {
        return deciding.handle((step, failure) -> {
            AuthStep end = failure == null ? nameable(step) : afterFailure(failure);
            counters.count(end);
            return end;
        });
    }

    /**
     * Whoever vouches for a name, a token, a certificate, a procedure or the client itself: it goes to other clients, logs
     * and terminals.
     */
    private static AuthStep nameable(AuthStep step) {
        return step instanceof AuthStep.Granted granted
                        && !(PrintableText.is(granted.authid()) && PrintableText.is(granted.role()))
                ? AuthStep.Refused.UNPRINTABLE
                : step;
    }

    private static AuthStep afterFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RejectedExecutionException) {
            return AuthStep.Refused.OVERLOADED;
        }
        LOG.warn("It could not be found out who a client is", cause);
        return AuthStep.Refused.FAILED;
    }
}
