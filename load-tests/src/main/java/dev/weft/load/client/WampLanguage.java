package dev.weft.load.client;

import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;

/** A serializer and what is encoded once in it; shared by all sessions of an event loop. */
record WampLanguage(Serializer serializer, WampArguments arguments) {
    static WampLanguage of(SerializerId id) {
        Serializer serializer = Serializers.create(id, DecodeLimits.DEFAULT);
        return new WampLanguage(serializer, new WampArguments(serializer));
    }
}
