package dev.weft.wamp;

import java.util.Map;

/** {@code [4, AuthMethod|string, Extra|dict]}: the router asks for proof of identity. */
public record Challenge(String authmethod, Map<String, Object> extra) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.CHALLENGE;
    }
}
