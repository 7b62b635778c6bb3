package dev.weft.transport;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Negotiates the permessage-deflate extension (RFC 7692, section 7.1). Agreed to without context takeover either way, so
 * that a connection at rest holds no window.
 */
final class PerMessageDeflate {
    /** The answer to an offer that was agreed to. */
    static final String ANSWER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final String FULL_WINDOW = "15";

    private PerMessageDeflate() {}

    /** @param offers the elements of Sec-WebSocket-Extensions */
    static boolean isAgreedTo(List<String> offers) {
        return offers.stream().anyMatch(PerMessageDeflate::isAcceptable);
    }

    private static boolean isAcceptable(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().toLowerCase(Locale.ROOT).split("=", 2);
            String value = parameter.length == 1 ? "" : unquoted(parameter[1].strip());
            if (!seen.add(parameter[0].strip()) || !isAcceptable(parameter[0].strip(), value)) {
                return false;
            }
        }
        return true;
    }

    /** A smaller window for what we send cannot be had from the JDK's deflater, so an offer that demands it is declined. */
    private static boolean isAcceptable(String name, String value) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
            case "server_max_window_bits" -> value.equals(FULL_WINDOW);
            case "client_max_window_bits" -> value.isEmpty() || value.matches("8|9|1[0-5]");
            default -> false;
        };
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
