package dev.weft.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 request, read strictly (RFC 9112): what two readers could read differently is refused.
 *
 * @param path the target without its query
 * @param headers by name in lower case
 */
record HttpRequest(String method, String path, String version, Map<String, List<String>> headers) {
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    /**
     * @param head everything up to and without the empty line, one character per octet
     * @return null if it is no request
     */
    static @Nullable HttpRequest parse(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] requestLine = lines[0].split(" ", -1);
        if (requestLine.length != 3 || !isToken(requestLine[0]) || !requestLine[1].startsWith("/")) {
            return null;
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0 || !isToken(lines[i].substring(0, colon)) || hasControl(lines[i])) {
                return null;
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        String path = requestLine[1].split("\\?", 2)[0];
        return hasControl(lines[0]) ? null : new HttpRequest(requestLine[0], path, requestLine[2], headers);
    }

    /** The value of a header that may be given once; null if it is not given, or more than once. */
    @Nullable
    String single(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    /** The elements of a header whose value is a list, over all its lines. */
    List<String> list(String name) {
        List<String> elements = new ArrayList<>();
        for (String value : headers.getOrDefault(name, List.of())) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    /** Whether a list header has an element, whatever its case. */
    boolean lists(String name, String element) {
        return list(name).stream().anyMatch(element::equalsIgnoreCase);
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || TOKEN_PUNCTUATION.indexOf(c) >= 0);
    }

    private static boolean hasControl(String line) {
        return line.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F);
    }
}
