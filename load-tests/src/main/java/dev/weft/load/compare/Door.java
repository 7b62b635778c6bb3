package dev.weft.load.compare;

/** A way in. Who does not speak WAMP has one, which takes the place of the first. */
public enum Door {
    RAWSOCKET("rs", false),
    RAWSOCKET_TLS("rss", true),
    WEBSOCKET("ws", false),
    WEBSOCKET_TLS("wss", true);

    private final String scheme;
    private final boolean tls;

    Door(String scheme, boolean tls) {
        this.scheme = scheme;
        this.tls = tls;
    }

    String scheme() {
        return scheme;
    }

    boolean isTls() {
        return tls;
    }
}
