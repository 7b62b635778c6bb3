package dev.weft.auth;

import dev.weft.config.AuthMethod;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What comes next for a client that wants to join. */
public sealed interface AuthStep {
    /** CHALLENGE; the client's AUTHENTICATE goes to {@code proof}, once. */
    record Challenged(AuthMethod method, Map<String, Object> extra, Proof proof) implements AuthStep {}

    /**
     * WELCOME.
     *
     * @param provider {@code authprovider}: where it is known from
     * @param extra {@code authextra}; may be empty
     * @param proof the digest of the principal in the files that the client has proved to be; null for any other
     * @param cookie with which the session ends, by its digest; null for none
     * @param expiry the {@link System#nanoTime} at which what the client has shown is not good any more, and the session
     *     ends; null for never
     */
    record Granted(
            String authid,
            String role,
            AuthMethod method,
            String provider,
            Map<String, Object> extra,
            @Nullable String proof,
            @Nullable String cookie,
            @Nullable Long expiry)
            implements AuthStep {
        /** Without a cookie, and for as long as the client likes. */
        Granted(String authid, String role, AuthMethod method, String provider, Map<String, Object> extra) {
            this(authid, role, method, provider, extra, null, null, null);
        }

        /** The same, of a principal that is in the files. */
        Granted provedBy(String principal) {
            return new Granted(authid, role, method, provider, extra, principal, cookie, expiry);
        }

        /** The same, with a cookie that stands for it from now on. */
        Granted by(String digest) {
            return new Granted(authid, role, method, provider, extra, proof, digest, expiry);
        }

        /** The same, for a session that ends then. */
        Granted until(long end) {
            return new Granted(authid, role, method, provider, extra, proof, cookie, end);
        }
    }

    /**
     * ABORT.
     *
     * @param words for the client: the same for all that it must not tell apart
     */
    record Refused(Reason reason, String words) implements AuthStep {
        static final Refused DENIED = new Refused(Reason.DENIED, "the proof of identity was not accepted");
        static final Refused TOO_OFTEN =
                new Refused(Reason.TOO_OFTEN, "too many attempts have failed: try again in a minute");
        public static final Refused FAILED = new Refused(Reason.FAILED, "it could not be found out who the client is");
        static final Refused OVERLOADED =
                new Refused(Reason.OVERLOADED, "too many clients want to join at once: try again");

        static final Refused UNPRINTABLE =
                new Refused(Reason.MALFORMED, "the authid or the role has control characters");

        static Refused malformed(String words) {
            return new Refused(Reason.MALFORMED, words);
        }
    }

    /** Answers the client's AUTHENTICATE to one challenge; to be asked once. Any thread may complete the stage. */
    @FunctionalInterface
    interface Proof {
        CompletionStage<AuthStep> check(String signature, Map<String, Object> extra);

        /** Told instead if the client goes, or says anything else. */
        default void abandoned() {}
    }

    /** Why a client is not let in. */
    enum Reason {
        /** None of its methods is one of the realm's, or can be used by it. */
        NO_METHOD(WampError.NO_MATCHING_AUTH_METHOD, CloseReason.AUTHENTICATION_REFUSED),
        /** It offers nothing, and the realm wants proof. */
        REQUIRED(WampError.AUTHENTICATION_REQUIRED, CloseReason.AUTHENTICATION_REFUSED),
        DENIED(WampError.AUTHENTICATION_DENIED, CloseReason.AUTHENTICATION_REFUSED),
        MALFORMED(WampError.INVALID_ARGUMENT, CloseReason.AUTHENTICATION_REFUSED),
        TOO_OFTEN(WampError.AUTHENTICATION_DENIED, CloseReason.AUTHENTICATION_ATTEMPTS),
        OVERLOADED(WampError.UNAVAILABLE, CloseReason.AUTHENTICATION_OVERLOAD),
        FAILED(WampError.AUTHENTICATION_FAILED, CloseReason.AUTHENTICATION_FAILED);

        private final WampError error;
        private final CloseReason closeReason;

        Reason(WampError error, CloseReason closeReason) {
            this.error = error;
            this.closeReason = closeReason;
        }

        public WampError error() {
            return error;
        }

        public CloseReason closeReason() {
            return closeReason;
        }
    }
}
