package dev.weft.wamp;

import java.util.Map;

/** {@code [1, Realm|uri, Details|dict]}: a client opens a session. */
public record Hello(String realm, Map<String, Object> details) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.HELLO;
    }
}
