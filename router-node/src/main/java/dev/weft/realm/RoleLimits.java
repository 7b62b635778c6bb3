package dev.weft.realm;

import dev.weft.session.SessionQuotas;
import dev.weft.session.SharedRates;
import java.util.Map;

/**
 * What sessions of one realm may use, by their role. Immutable.
 *
 * @param ofRealm how many sessions the realm may have on this node; 0 for as many as any realm
 * @param sessions how many sessions a role may have on this node; any number for those that are not named
 * @param messageRates messages a second that a session may send, by role
 * @param messageRate the same, for roles that are not named; 0 for any number
 * @param realmRate messages a second that all sessions of the realm may send together on this node; 0 for any number
 * @param rates what sessions may send together
 * @param quotas where the sessions of all realms are counted
 */
public record RoleLimits(
        int ofRealm,
        Map<String, Integer> sessions,
        Map<String, Integer> messageRates,
        int messageRate,
        int realmRate,
        SharedRates rates,
        SessionQuotas quotas) {
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
