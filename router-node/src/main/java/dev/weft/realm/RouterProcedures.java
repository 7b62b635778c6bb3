package dev.weft.realm;

import dev.weft.wamp.MatchPolicy;
import java.util.Map;

/**
 * Procedures of a realm that the router alone calls, and the role that may register each. What would also match one of
 * them, as a pattern, cannot be registered. Immutable.
 *
 * @param roles by procedure
 */
public record RouterProcedures(Map<String, String> roles) {
    public static final RouterProcedures NONE = new RouterProcedures(Map.of());

    public RouterProcedures {
        roles = Map.copyOf(roles);
    }

    /** Whether clients may call it. */
    public boolean isForClients(String procedure) {
        return roles.isEmpty() || !roles.containsKey(procedure);
    }

    /** Whether clients of this role may register the URI or pattern. */
    public boolean mayRegister(String uri, MatchPolicy match, String role) {
        for (Map.Entry<String, String> procedure : roles.entrySet()) {
            boolean own = match == MatchPolicy.EXACT && role.equals(procedure.getValue());
            if (!own && matches(uri, match, procedure.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, MatchPolicy match, String uri) {
        return switch (match) {
            case EXACT -> uri.equals(pattern);
            case PREFIX -> uri.startsWith(pattern);
            case WILDCARD -> matchesComponents(pattern.split("\\.", -1), uri.split("\\.", -1));
        };
    }

    private static boolean matchesComponents(String[] pattern, String[] uri) {
        if (pattern.length != uri.length) {
            return false;
        }
        for (int i = 0; i < uri.length; i++) {
            if (!pattern[i].isEmpty() && !pattern[i].equals(uri[i])) {
                return false;
            }
        }
        return true;
    }
}
