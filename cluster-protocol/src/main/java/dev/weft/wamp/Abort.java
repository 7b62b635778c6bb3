package dev.weft.wamp;

import java.util.Map;

/** {@code [3, Details|dict, Reason|uri]} (with an optional payload): a peer ends the session, or its opening, at once. */
public record Abort(Map<String, Object> details, String reason, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.ABORT;
    }
}
