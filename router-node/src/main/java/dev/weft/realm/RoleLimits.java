package dev.weft.realm;

import dev.weft.session.SessionQuotas;
import java.util.Map;

/**
 * What sessions of one realm may use, by their role. Immutable.
 *
 * @param sessions how many sessions a role may have on this node; any number for those that are not named
 * @param messageRates messages a second that a session may send, by role
 * @param messageRate the same, for roles that are not named; 0 for any number
 * @param quotas where the sessions of all realms are counted
 */
public record RoleLimits(
        Map<String, Integer> sessions, Map<String, Integer> messageRates, int messageRate, SessionQuotas quotas) {
    public RoleLimits {
        sessions = Map.copyOf(sessions);
        messageRates = Map.copyOf(messageRates);
    }

    int sessions(String role) {
        return sessions.getOrDefault(role, Integer.MAX_VALUE);
    }

    int messageRate(String role) {
        return messageRates.getOrDefault(role, messageRate);
    }
}
