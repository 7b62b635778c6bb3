package dev.weft.wamp;

/** {@code [32, Request|id, Options|dict, Topic|uri]}. */
public record Subscribe(long request, SubscribeOptions options, String topic) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.SUBSCRIBE;
    }
}
