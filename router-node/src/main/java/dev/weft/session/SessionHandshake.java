package dev.weft.session;

import dev.weft.auth.AuthRequest;
import dev.weft.auth.AuthStep;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is decided on a HELLO, and what WELCOME says. Belongs to an event loop. */
public final class SessionHandshake {
    private static final Set<String> CLIENT_ROLES = Set.of("publisher", "subscriber", "caller", "callee");

    /** Why a client is not welcomed. */
    record Refused(WampError error, String fault, CloseReason reason) {}

    private final GlobalIds ids;
    private final String agent;

    /** @param agent what the router calls itself, with its version */
    public SessionHandshake(GlobalIds ids, String agent) {
        this.ids = ids;
        this.agent = agent;
    }

    /** Why nobody could join by this HELLO; null if it has to be found out who the client is. */
    @Nullable
    Refused refusal(Hello hello, Realms.@Nullable Entrance entrance) {
        if (!WampUri.isValid(hello.realm(), false, MatchPolicy.EXACT)) {
            return new Refused(WampError.INVALID_URI, "the realm is no valid URI", CloseReason.NO_SUCH_REALM);
        }
        if (!namesARole(hello.details().get("roles"))) {
            return new Refused(
                    WampError.PROTOCOL_VIOLATION,
                    "HELLO.Details.roles names none of publisher, subscriber, caller, callee",
                    CloseReason.PROTOCOL_VIOLATION);
        }
        return entrance == null
                ? new Refused(WampError.NO_SUCH_REALM, "there is no realm " + hello.realm(), CloseReason.NO_SUCH_REALM)
                : null;
    }

    /** Who wants to join, under a session id that is drawn now. */
    AuthRequest request(Hello hello, Connection connection) {
        return AuthRequest.of(hello.realm(), ids.nextUnguessable(), hello.details(), connection.credentials());
    }

    static Set<Feature> features(Hello hello) {
        return hello.details().get("roles") instanceof Map<?, ?> roles ? Feature.announced(roles) : Set.of();
    }

    private static boolean namesARole(@Nullable Object roles) {
        return roles instanceof Map<?, ?> named && named.keySet().stream().anyMatch(CLIENT_ROLES::contains);
    }

    /** @param transport what the connection calls its transport */
    static SessionDetails details(long session, AuthStep.Granted granted, String transport) {
        return new SessionDetails(
                new Identity(session, granted.authid(), granted.role()),
                granted.method().label(),
                granted.provider(),
                transport);
    }

    Map<String, Object> welcome(
            String realm, SessionDetails session, Realms.Entrance entrance, Map<String, Object> authextra) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("roles", RouterRoles.of(entrance));
        details.put("agent", agent);
        details.put("realm", realm);
        details.put("authid", session.identity().authid());
        details.put("authrole", session.identity().authrole());
        details.put("authmethod", session.authmethod());
        details.put("authprovider", session.authprovider());
        if (!authextra.isEmpty()) {
            details.put("authextra", authextra);
        }
        return details;
    }
}
