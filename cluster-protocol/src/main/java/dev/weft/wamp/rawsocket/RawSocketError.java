package dev.weft.wamp.rawsocket;

import org.jspecify.annotations.Nullable;

/** Why a router refuses a handshake, with the code that tells the client. */
public enum RawSocketError {
    SERIALIZER_UNSUPPORTED(1),
    MAXIMUM_MESSAGE_LENGTH_UNACCEPTABLE(2),
    USE_OF_RESERVED_BITS(3),
    MAXIMUM_CONNECTION_COUNT_REACHED(4);

    private final int code;

    RawSocketError(int code) {
        this.code = code;
    }

    /** 1 to 15; 0 is illegal and what is not here is reserved. */
    public int code() {
        return code;
    }

    /** The error with this code, or null when there is none. */
    public static @Nullable RawSocketError of(int code) {
        for (RawSocketError error : values()) {
            if (error.code == code) {
                return error;
            }
        }
        return null;
    }
}
