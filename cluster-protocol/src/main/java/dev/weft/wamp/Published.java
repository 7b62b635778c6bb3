package dev.weft.wamp;

/** {@code [17, PUBLISH.Request|id, Publication|id]}. */
public record Published(long request, long publication) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.PUBLISHED;
    }
}
