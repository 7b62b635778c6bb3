package dev.weft.wamp;

import java.util.Map;

/** {@code [6, Details|dict, Reason|uri]}: a peer closes the session, or confirms that it is closed. */
public record Goodbye(Map<String, Object> details, String reason) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.GOODBYE;
    }
}
