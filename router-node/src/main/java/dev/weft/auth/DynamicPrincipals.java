package dev.weft.auth;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.config.AuthMethod;
import dev.weft.config.DynamicAuthConfig;
import dev.weft.wamp.WampError;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authenticator: a procedure that is called with the realm, the authid and what else is known of the client, and answers
 * with a role, or with a dictionary of the keys that a file of principals has. Its ERROR refuses the client; so does everything
 * that keeps it from answering.
 */
final class DynamicPrincipals {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicPrincipals.class);
    private static final String DYNAMIC = "dynamic";

    /** Errors of the router: nobody has decided anything. */
    private static final Set<String> UNDECIDED = Set.of(
            WampError.NO_SUCH_PROCEDURE.uri(),
            WampError.TIMEOUT.uri(),
            WampError.NETWORK_FAILURE.uri(),
            WampError.CANCELED.uri(),
            WampError.UNAVAILABLE.uri(),
            WampError.NO_AVAILABLE_CALLEE.uri(),
            WampError.LIMIT_EXCEEDED.uri(),
            WampError.PAYLOAD_SIZE_EXCEEDED.uri());

    /** What the authenticator has not decided. */
    private static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undecided(String words) {
            super(words);
        }
    }

    private final DynamicAuthConfig config;
    private final ProcedureCaller calls;
    /** By method: the answers to one need not have what another one needs. */
    private final Map<AuthMethod, Principals> madeUp = new EnumMap<>(AuthMethod.class);

    /** @param realm that clients want to join, or what it is made of */
    DynamicPrincipals(String realm, DynamicAuthConfig config, ProcedureCaller calls, byte[] secret) {
        this.config = config;
        this.calls = calls;
        config.methods().forEach(method -> madeUp.put(method, new Principals(realm, secret, DYNAMIC)));
    }

    boolean decides(AuthMethod method) {
        return config.methods().contains(method);
    }

    /**
     * The principal; one made up if the authenticator refuses it or tells nothing that the method needs. Fails if it does not
     * decide.
     */
    CompletionStage<Principal> find(AuthMethod method, AuthRequest request) {
        return ask(method, request, null);
    }

    /** As {@link #find}, where the authenticator itself checks a ticket. */
    CompletionStage<Principal> check(AuthRequest request, String ticket) {
        return ask(AuthMethod.TICKET, request, ticket);
    }

    private CompletionStage<Principal> ask(AuthMethod method, AuthRequest request, @Nullable String ticket) {
        Map<String, Object> details = new HashMap<>();
        details.put("authmethod", method.label());
        details.put("session", request.session());
        details.put("peer", request.peer().address());
        if (method == AuthMethod.CRYPTOSIGN) {
            details.put("pubkey", request.extra("pubkey"));
        }
        if (ticket != null) {
            details.put("ticket", ticket);
        }
        String name = request.authid() != null ? request.authid() : String.valueOf(request.extra("pubkey"));
        return calls.call(
                        config.realmOr(request.realm()),
                        config.procedure(),
                        List.of(request.realm(), name, details),
                        config.timeout())
                .thenApply(answer -> principal(request.realm(), method, name, answer));
    }

    /** Reads what is made up as it reads an answer, so that the one takes as long as the other. */
    private Principal principal(String realm, AuthMethod method, String name, ProcedureAnswer answer) {
        Principals known = Objects.requireNonNull(madeUp.get(method));
        Principal decoy = known.find(name);
        Principal principal;
        if (answer instanceof ProcedureAnswer.Result result) {
            Principal told = read(method, name, told(result), true);
            principal = canBeChallenged(method, told) ? told : decoy;
        } else {
            refused(realm, (ProcedureAnswer.Failure) answer);
            principal = read(method, name, decoy.told(), false);
        }
        known.learn(principal);
        return principal;
    }

    private void refused(String realm, ProcedureAnswer.Failure failure) {
        if (UNDECIDED.contains(failure.error())) {
            throw new Undecided(config.procedure() + ": " + failure.error() + ": " + failure.words());
        }
        LOG.debug("{} refuses a client of realm {}: {}", config.procedure(), realm, failure.error());
    }

    private static Map<?, ?> told(ProcedureAnswer.Result result) {
        Object first = result.args().isEmpty() ? null : result.args().get(0);
        return first instanceof String role ? Map.of("role", role) : first instanceof Map<?, ?> map ? map : Map.of();
    }

    private Principal read(AuthMethod method, String name, Map<?, ?> told, boolean real) {
        if (!(told.get("role") instanceof String role) || role.isEmpty()) {
            throw new Undecided(config.procedure() + " answers neither a role nor a dictionary with one");
        }
        String authid = told.get("authid") instanceof String text && !text.isEmpty() ? text : name;
        boolean named = method == AuthMethod.TICKET || method == AuthMethod.CRYPTOSIGN;
        return new Principal(
                named ? authid : name,
                role,
                DYNAMIC,
                real,
                null,
                credential(told, "wampcra", CraCredential::parse),
                credential(told, "scram", ScramCredential::parse),
                keys(told.get("public-keys")),
                Set.of());
    }

    /** Tickets are checked by the authenticator, and the challenge of a public key is the same for all. */
    private static boolean canBeChallenged(AuthMethod method, Principal principal) {
        return switch (method) {
            case WAMPCRA -> principal.wampcra() != null;
            case WAMP_SCRAM -> principal.scram() != null;
            default -> true;
        };
    }

    private <T> @Nullable T credential(Map<?, ?> told, String key, Function<String, T> parser) {
        if (!(told.get(key) instanceof String text)) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new Undecided(config.procedure() + " answers a wrong " + key + ": " + wrong.getMessage());
        }
    }

    /** Whether they can be used at all shows when one of them is: the client's is checked before it is looked for here. */
    private Set<String> keys(@Nullable Object told) {
        Set<String> keys = new HashSet<>();
        if (told instanceof List<?> list) {
            for (Object one : list) {
                if (!(one instanceof String key) || !key.matches("[0-9a-fA-F]{64}")) {
                    throw new Undecided(config.procedure() + " answers a wrong public key");
                }
                keys.add(key.toLowerCase(Locale.ROOT));
            }
        }
        return keys;
    }
}
