package dev.weft.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket (RFC 6455, section 10.2). A client that sends no Origin is no web page and is let
 * in. With a list, the origin must be in it, to the letter but for case; {@code *} lets all in. Without one, pages of the
 * host that was asked for and of this machine are let in, whatever their port.
 *
 * <p>A page can have the name of its own host lead to 127.0.0.1 once it is loaded (DNS rebinding): for the browser, and by its
 * headers, this machine is the page's own host then. So what comes over loopback has to ask for a name that nobody else can
 * have, unless it comes by way of a proxy.
 */
public final class OriginPolicy {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;
    private final Set<String> hosts;
    private final boolean any;

    public OriginPolicy(List<String> origins) {
        this.allowed =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.hosts = allowed.stream()
                .map(OriginPolicy::hostOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        this.any = origins.contains("*");
    }

    /**
     * @param origin the Origin header, or null if there was none
     * @param host the Host header
     * @param overLoopback whether the client is on this machine, and no proxy
     */
    public boolean allows(@Nullable String origin, String host, boolean overLoopback) {
        if (origin == null || any) {
            return true;
        }
        String spelled = origin.toLowerCase(Locale.ROOT);
        if (!allowed.isEmpty()) {
            return allowed.contains(spelled);
        }
        String page = hostOf(spelled);
        return page != null && (THIS_MACHINE.contains(page) || (!overLoopback && page.equals(named(host))));
    }

    /**
     * Whether a request over loopback may be meant for this machine. It is to be asked where a browser may leave out the Origin,
     * as it does when a page asks its own host with GET.
     *
     * @param host the Host header
     */
    public boolean mayBeAskedFor(String host) {
        String name = named(host);
        return any || (name != null && (THIS_MACHINE.contains(name) || hosts.contains(name)));
    }

    private static @Nullable String named(String host) {
        return hostOf("http://" + host);
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
