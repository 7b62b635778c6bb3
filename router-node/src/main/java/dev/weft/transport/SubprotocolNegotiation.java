package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which subprotocol is spoken: of those the client offers, the one the server likes best. Of one serializer the plain one
 * comes before the batched one: Autobahn|Python offers both, and separates batches of JSON by another octet than the
 * specification.
 */
final class SubprotocolNegotiation {
    private final List<Subprotocol> preference = new ArrayList<>();

    SubprotocolNegotiation(List<SerializerId> serializers) {
        for (SerializerId serializer : serializers) {
            preference.add(new Subprotocol(serializer, false));
            if (Subprotocol.canBeBatched(serializer)) {
                preference.add(new Subprotocol(serializer, true));
            }
        }
    }

    /** Null if the client offers none of ours. */
    @Nullable
    Subprotocol choose(List<String> offered) {
        for (Subprotocol subprotocol : preference) {
            if (offered.contains(subprotocol.label())) {
                return subprotocol;
            }
        }
        return null;
    }

    /** The subprotocols as a client must spell them, the best first. */
    String names() {
        return preference.stream().map(Subprotocol::label).collect(Collectors.joining(", "));
    }
}
