package dev.weft.wamp;

/** {@code [36, Subscription|id, Publication|id, Details|dict]} (with an optional payload). */
public record Event(long subscription, long publication, EventDetails details, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.EVENT;
    }
}
