package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** The serializers, with the names and numbers by which transports negotiate them. */
public enum SerializerId {
    JSON("wamp.2.json", 1, true),
    MSGPACK("wamp.2.msgpack", 2, false),
    CBOR("wamp.2.cbor", 3, false),
    UBJSON("wamp.2.ubjson", 4, false);

    private final String subprotocol;
    private final int rawSocketId;
    private final boolean text;

    SerializerId(String subprotocol, int rawSocketId, boolean text) {
        this.subprotocol = subprotocol;
        this.rawSocketId = rawSocketId;
        this.text = text;
    }

    /** The WebSocket subprotocol. */
    public String subprotocol() {
        return subprotocol;
    }

    /** The number in the RawSocket handshake. */
    public int rawSocketId() {
        return rawSocketId;
    }

    /** Whether its messages travel as WebSocket text. */
    public boolean isText() {
        return text;
    }

    public static @Nullable SerializerId ofSubprotocol(String name) {
        for (SerializerId id : values()) {
            if (id.subprotocol.equals(name)) {
                return id;
            }
        }
        return null;
    }

    public static @Nullable SerializerId ofRawSocketId(int number) {
        for (SerializerId id : values()) {
            if (id.rawSocketId == number) {
                return id;
            }
        }
        return null;
    }
}
