package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which subprotocol is spoken: of those the client offers, the one the server likes best. */
public final class SubprotocolNegotiation {
    private final List<Subprotocol> preference = new ArrayList<>();

    private SubprotocolNegotiation(List<SerializerId> serializers, boolean batchedFirst) {
        for (SerializerId serializer : serializers) {
            Subprotocol plain = new Subprotocol(serializer, false);
            if (!Subprotocol.canBeBatched(serializer)) {
                preference.add(plain);
                continue;
            }
            Subprotocol batched = new Subprotocol(serializer, true);
            preference.addAll(batchedFirst ? List.of(batched, plain) : List.of(plain, batched));
        }
    }

    /**
     * Of one serializer the plain subprotocol comes before the batched one: Autobahn|Python offers both, and separates batches
     * of JSON by another octet than the specification.
     */
    static SubprotocolNegotiation ofWebSockets(List<SerializerId> serializers) {
        return new SubprotocolNegotiation(serializers, false);
    }

    /** Of one serializer the batched subprotocol comes first: without, each message costs its client a request. */
    public static SubprotocolNegotiation ofLongPolls(List<SerializerId> serializers) {
        return new SubprotocolNegotiation(serializers, true);
    }

    /** Null if the client offers none of ours. */
    public @Nullable Subprotocol choose(List<String> offered) {
        for (Subprotocol subprotocol : preference) {
            if (offered.contains(subprotocol.label())) {
                return subprotocol;
            }
        }
        return null;
    }

    /** The subprotocols as a client must spell them, the best first. */
    public String names() {
        return preference.stream().map(Subprotocol::label).collect(Collectors.joining(", "));
    }
}
