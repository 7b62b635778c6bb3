package dev.weft.wamp;

/** {@code [8, REQUEST.Type|int, REQUEST.Request|id, Details|dict, Error|uri]} (with an optional payload): a request failed. Not named {@code Error}, which every Java file knows as something else. */
public record ErrorMessage(MessageType requestType, long request, ErrorDetails details, String error, Payload payload)
        implements WampMessage {
    @Override
    public MessageType type() {
        return MessageType.ERROR;
    }
}
