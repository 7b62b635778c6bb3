package dev.weft.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket (RFC 6455, section 10.2). A client that sends no Origin is no web page and is let
 * in. With a list, the origin must be in it, to the letter but for case; {@code *} lets all in. Without one, pages of the
 * host that was asked for and of this machine are let in, whatever their port.
 */
public final class OriginPolicy {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;
    private final boolean any;

    public OriginPolicy(List<String> origins) {
        this.allowed = origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        this.any = origins.contains("*");
    }

    /**
     * @param origin the Origin header, or null if there was none
     * @param host the Host header
     */
    public boolean allows(@Nullable String origin, String host) {
        if (origin == null || any) {
            return true;
        }
        String spelled = origin.toLowerCase(Locale.ROOT);
        if (!allowed.isEmpty()) {
            return allowed.contains(spelled);
        }
        String page = hostOf(spelled);
        return page != null && (THIS_MACHINE.contains(page) || page.equals(hostOf("http://" + host)));
    }

    private static @Nullable String hostOf(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException notAnOrigin) {
            return null;
        }
    }
}
