package dev.weft.session;

import dev.weft.transport.CloseReason;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides on a HELLO: who the client is and what WELCOME says, or why it is refused. Belongs to an event loop. */
public final class SessionHandshake {
    private static final String ANONYMOUS = "anonymous";
    private static final String STATIC = "static";
    private static final Set<String> CLIENT_ROLES = Set.of("publisher", "subscriber", "caller", "callee");

    /** What becomes of a HELLO. */
    sealed interface Outcome {}

    record Accepted(SessionDetails session, Set<Feature> features, Map<String, Object> welcome) implements Outcome {}

    record Refused(WampError error, String fault, CloseReason reason) implements Outcome {}

    private final GlobalIds ids;
    private final String agent;

    /** @param agent what the router calls itself, with its version */
    public SessionHandshake(GlobalIds ids, String agent) {
        this.ids = ids;
        this.agent = agent;
    }

    /** @param transport what the connection calls its transport */
    Outcome answer(Hello hello, Realms.@Nullable Entrance entrance, String transport) {
        if (!WampUri.isValid(hello.realm(), false, MatchPolicy.EXACT)) {
            return new Refused(WampError.INVALID_URI, "the realm is no valid URI", CloseReason.NO_SUCH_REALM);
        }
        if (!(hello.details().get("roles") instanceof Map<?, ?> roles) || !namesARole(roles)) {
            return new Refused(
                    WampError.PROTOCOL_VIOLATION,
                    "HELLO.Details.roles names none of publisher, subscriber, caller, callee",
                    CloseReason.PROTOCOL_VIOLATION);
        }
        if (entrance == null) {
            return new Refused(
                    WampError.NO_SUCH_REALM, "there is no realm " + hello.realm(), CloseReason.NO_SUCH_REALM);
        }
        String authrole = entrance.anonymousRole();
        if (authrole == null || !offersAnonymous(hello.details().get("authmethods"))) {
            return new Refused(
                    WampError.NO_MATCHING_AUTH_METHOD,
                    "the realm accepts: " + (authrole == null ? "nobody" : ANONYMOUS),
                    CloseReason.AUTHENTICATION_REFUSED);
        }
        long session = ids.nextUnguessable();
        String authid = ANONYMOUS + "-" + Long.toHexString(ids.nextUnguessable());
        SessionDetails details =
                new SessionDetails(new Identity(session, authid, authrole), ANONYMOUS, STATIC, transport);
        return new Accepted(details, Feature.announced(roles), welcome(hello, details, entrance));
    }

    private static boolean namesARole(Map<?, ?> roles) {
        return roles.keySet().stream().anyMatch(CLIENT_ROLES::contains);
    }

    /** A client that names no methods takes what there is. */
    private static boolean offersAnonymous(@Nullable Object authmethods) {
        return !(authmethods instanceof List<?> methods) || methods.isEmpty() || methods.contains(ANONYMOUS);
    }

    private Map<String, Object> welcome(Hello hello, SessionDetails session, Realms.Entrance entrance) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("roles", RouterRoles.of(entrance));
        details.put("agent", agent);
        details.put("realm", hello.realm());
        details.put("authid", session.identity().authid());
        details.put("authrole", session.identity().authrole());
        details.put("authmethod", session.authmethod());
        details.put("authprovider", session.authprovider());
        return details;
    }
}
