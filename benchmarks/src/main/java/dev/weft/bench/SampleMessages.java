package dev.weft.bench;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import dev.weft.wamp.codec.Serializer;
import java.util.List;
import java.util.Map;

/** One message of each type on the hot path, with ids of the size that routers draw. */
final class SampleMessages {
    private static final String URI = "com.example.app17.topic.temperature";
    private static final long REQUEST = 123_456;
    private static final long GLOBAL_ID = 5_512_315_355_442_931L;

    private SampleMessages() {}

    static WampMessage of(MessageType type, Payload payload) {
        return switch (type) {
            case PUBLISH -> new Publish(REQUEST, PublishOptions.DEFAULT, URI, payload);
            case EVENT -> new Event(GLOBAL_ID - 7, GLOBAL_ID, EventDetails.DEFAULT, payload);
            case CALL -> new Call(REQUEST, CallOptions.DEFAULT, URI, payload);
            case INVOCATION -> new Invocation(REQUEST, GLOBAL_ID - 9, InvocationDetails.DEFAULT, payload);
            case YIELD -> new Yield(REQUEST, YieldOptions.DEFAULT, payload);
            case RESULT -> new Result(REQUEST, ResultDetails.DEFAULT, payload);
            default -> throw new IllegalArgumentException(type + " is not on the hot path");
        };
    }

    /** A text, some numbers and a dict, filled up to about {@code bytes}. */
    static Payload payload(Serializer serializer, int bytes) {
        String text = "x".repeat(bytes - 60);
        return serializer.payload(List.of(text, 1234567L, true), Map.of("celsius", 21.5, "sensor", "kitchen"));
    }
}
