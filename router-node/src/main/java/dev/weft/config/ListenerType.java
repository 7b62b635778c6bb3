package dev.weft.config;

/** What kind of socket a listener opens. */
public enum ListenerType {
    /** A TCP port that tells RawSocket from WebSocket by the first octet. */
    WAMP,
    /** A Unix domain socket. */
    UNIX,
    /** A TCP port that speaks plain HTTP: the HTTP bridge. */
    HTTP
}
