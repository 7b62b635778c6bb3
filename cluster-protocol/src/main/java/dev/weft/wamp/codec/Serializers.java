package dev.weft.wamp.codec;

import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.cbor.CborReader;
import dev.weft.wamp.codec.cbor.CborWriter;
import dev.weft.wamp.codec.json.JsonReader;
import dev.weft.wamp.codec.json.JsonWriter;
import dev.weft.wamp.codec.msgpack.MsgPackReader;
import dev.weft.wamp.codec.msgpack.MsgPackWriter;
import dev.weft.wamp.codec.token.TokenReader;
import dev.weft.wamp.codec.token.TokenWriter;
import dev.weft.wamp.codec.ubjson.UbjsonReader;
import dev.weft.wamp.codec.ubjson.UbjsonWriter;

/** The one place that knows which serializers there are. */
public final class Serializers {
    private Serializers() {}

    /** A serializer for one event loop. */
    public static Serializer create(SerializerId id, DecodeLimits limits) {
        return new TokenSerializer(id, limits);
    }

    static TokenReader reader(SerializerId id) {
        return switch (id) {
            case JSON -> new JsonReader();
            case MSGPACK -> new MsgPackReader();
            case CBOR -> new CborReader();
            case UBJSON -> new UbjsonReader();
        };
    }

    static TokenWriter writer(SerializerId id) {
        return switch (id) {
            case JSON -> new JsonWriter();
            case MSGPACK -> new MsgPackWriter();
            case CBOR -> new CborWriter();
            case UBJSON -> new UbjsonWriter();
        };
    }
}
