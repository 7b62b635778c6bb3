package dev.weft.wamp;

import java.util.Map;

/** {@code [5, Signature|string, Extra|dict]}: the client's proof of identity. */
public record Authenticate(String signature, Map<String, Object> extra) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.AUTHENTICATE;
    }
}
