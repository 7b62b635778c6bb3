package dev.weft.wamp;

/** {@code [16, Request|id, Options|dict, Topic|uri]} (with an optional payload). */
public record Publish(long request, PublishOptions options, String topic, Payload payload) implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.PUBLISH;
    }
}
