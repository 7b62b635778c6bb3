package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which serializer a WebSocket speaks: of those the client offers, the one the server likes best. */
record SubprotocolNegotiation(List<SerializerId> preference) {
    /** Null if the client offers none of ours. */
    @Nullable
    SerializerId choose(List<String> offered) {
        for (SerializerId serializer : preference) {
            if (offered.contains(serializer.subprotocol())) {
                return serializer;
            }
        }
        return null;
    }

    /** The subprotocols as a client must spell them, the best first. */
    String names() {
        return String.join(
                ", ", preference.stream().map(SerializerId::subprotocol).toList());
    }
}
