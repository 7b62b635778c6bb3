package dev.weft.transport;

/** How messages are framed on a connection. A frame made for one connection serves every other with the same framing. */
public enum Framing {
    RAWSOCKET,
    WEBSOCKET,
    /** As part of a batch, which is one WebSocket message. */
    WEBSOCKET_BATCH,
    /** As an event of a stream over HTTP. */
    EVENT_STREAM,
    /** As the body of an HTTP response, alone. */
    LONGPOLL,
    /** As part of a batch, which is the body of an HTTP response. */
    LONGPOLL_BATCH
}
