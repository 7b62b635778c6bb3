package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * Where to listen or to connect.
 *
 * @param host a name, an IPv4 address or an IPv6 address without brackets
 * @param port 0 to 65535; to listen on 0 takes any free port
 */
public record HostPort(String host, int port) {

    /** Reads {@code host:port} or {@code [ipv6]:port}; null if the text is neither. */
    public static @Nullable HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return null;
        }
        String host = hostOf(text.substring(0, colon));
        String port = text.substring(colon + 1);
        if (host == null || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            return null;
        }
        return new HostPort(host, Integer.parseInt(port));
    }

    private static @Nullable String hostOf(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inner = text.substring(1, text.length() - 1);
            return inner.matches("[0-9A-Fa-f:.%a-z0-9]*:[0-9A-Fa-f:.%a-z0-9]*") ? inner : null;
        }
        return text.matches("[A-Za-z0-9._-]+") ? text : null;
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    /** Whether it stands for every address of this machine. */
    public boolean isWildcard() {
        return host.equals("0.0.0.0") || host.matches("[0:]+");
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
