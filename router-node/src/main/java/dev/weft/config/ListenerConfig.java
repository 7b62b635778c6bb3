package dev.weft.config;

import dev.weft.wamp.SerializerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One door for clients. */
public record ListenerConfig(
        @Key(
                doc = "The name of the listener in logs and errors.",
                unset = "its address, or the path of its socket",
                pattern = "[A-Za-z0-9._:/-]{1,128}",
                patternSays = "1 to 128 letters, digits or any of . _ : / -")
        String name,

        @Key(
                doc =
                        "`wamp` is a TCP port that speaks RawSocket and WebSocket and tells them apart by itself; `unix`"
                                + " is the same on a Unix domain socket; `http` is the HTTP bridge (docs/http-bridge.md) and, with `longpoll`, the long-poll transport.",
                value = "wamp")
        ListenerType type,

        @Key(
                doc = "Where a `wamp` or `http` listener listens, as host:port. Port 0 takes any free one.",
                value = "127.0.0.1:8080")
        HostPort address,

        @Key(
                doc = "The file of a `unix` listener's socket. Its owner and its group may connect.",
                unset = "only for `unix`, and required there",
                example = "/run/weft/weft.sock")
        @Nullable
        Path socket,

        @Key(
                doc = "The HTTP paths at which a WebSocket may be opened.",
                value = "[/ws, /]",
                pattern = "/[^\\s?#]*",
                patternSays = "a path that begins with /")
        List<String> paths,

        @Key(
                doc = "The serializers offered, the one the server likes best first: of those that a WebSocket client"
                        + " offers, the first in this list is taken.",
                value = "[msgpack, cbor, json, ubjson]")
        List<SerializerId> serializers,

        @Key(doc = "The certificate with which the listener speaks TLS.", unset = "no TLS") @Nullable
        TlsConfig tls,

        @Key(
                doc =
                        "The web pages that may open a WebSocket, by their origin; `\"*\"` means any. Clients that send no"
                                + " Origin are not web pages and are always let in.",
                value = "[]",
                unset = "pages of the same host and of this machine (localhost, 127.0.0.1, [::1])",
                example = "[\"https://app.example.com\"]",
                pattern = "\\*|null|[a-z][a-z0-9+.-]*://[^/\\s?#]+",
                patternSays = "an origin such as https://app.example.com, without a path, or \"*\"")
        List<String> origins,

        @Key(
                doc =
                        "Whether permessage-deflate is agreed to when a WebSocket client offers it. It costs more CPU time"
                                + " than all the rest; what a message inflates to counts against `limits.max-message-size`.",
                value = "false")
        boolean compression,

        @Key(
                doc = "Whether every connection begins with a header of the PROXY protocol, version 1 or 2, that names"
                        + " the client. Only `trusted-proxies` may connect then.",
                value = "false")
        boolean proxyProtocol,

        @Key(
                doc = "The proxies that are believed when they name the client, by the PROXY protocol or in"
                        + " `X-Forwarded-For`: addresses and ranges of addresses. Others are not listened to.",
                value = "[]",
                unset = "nobody",
                example = "[10.0.0.0/8, \"fd00::/8\"]")
        List<AddressRange> trustedProxies,

        @Key(
                doc = "A connection from which nothing came for this long is sent a ping. `0s` means never.",
                value = "30s",
                max = "1h")
        Duration pingInterval,

        @Key(
                doc = "A connection is closed when nothing came for this long after a ping.",
                value = "10s",
                min = "100ms",
                max = "1h")
        Duration pingTimeout,

        @Key(
                doc = "A connection is closed when no message went either way for this long; pings do not count. `0s`"
                        + " means never.",
                value = "0s",
                max = "30d")
        Duration idleTimeout,

        @Key(
                doc = "How many connections may be open at once; the next one is refused.",
                value = "100000",
                min = "1",
                max = "10000000")
        int maxConnections,

        @Key(
                doc = "The long-poll transport of WAMP (docs/transports.md#long-poll). Only for `http`.",
                unset = "no long-poll")
        @Nullable
        LongpollConfig longpoll,

        @Key(doc = "Publishing, calling and subscribing by plain HTTP. Only for `http`.")
        HttpBridgeConfig httpBridge,

        @Key(
                doc =
                        "The cookie that web pages get with a WebSocket, so that who has logged in need not do it again, on"
                                + " whatever node (the method `cookie` of a realm). Needs `origins`.",
                unset = "none is set or looked at")
        @Nullable
        CookieConfig cookie) {

    public ListenerConfig {
        paths = List.copyOf(paths);
        serializers = List.copyOf(serializers);
        origins = List.copyOf(origins);
        trustedProxies = List.copyOf(trustedProxies);
        if (name.isEmpty()) {
            name = place(type, socket, address);
        }
    }

    /** Where it listens: an address, or the path of a socket. */
    public String place() {
        return place(type, socket, address);
    }

    private static String place(ListenerType type, @Nullable Path socket, HostPort address) {
        return type == ListenerType.UNIX ? String.valueOf(socket) : address.toString();
    }
}
