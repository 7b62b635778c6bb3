package dev.weft.wamp;

import java.util.Map;

/** {@code [2, Session|id, Details|dict]}: the router opened the session. */
public record Welcome(long session, Map<String, Object> details) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.WELCOME;
    }
}
