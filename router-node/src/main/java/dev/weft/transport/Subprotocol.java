package dev.weft.transport;

import dev.weft.wamp.SerializerId;

/**
 * What a WebSocket speaks: one message of WAMP in each of its own, or batches of them (WAMP specification, "Message
 * Batching"), which the specification has for JSON, MessagePack and CBOR.
 */
public record Subprotocol(SerializerId serializer, boolean batched) {
    private static final String BATCHED = ".batched";

    public static boolean canBeBatched(SerializerId serializer) {
        return serializer != SerializerId.UBJSON;
    }

    /** As it is spelled in {@code Sec-WebSocket-Protocol}. */
    public String label() {
        return batched ? serializer.subprotocol() + BATCHED : serializer.subprotocol();
    }
}
