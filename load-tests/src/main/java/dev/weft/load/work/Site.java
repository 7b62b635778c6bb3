package dev.weft.load.work;

import dev.weft.load.client.Connector;
import dev.weft.load.client.Endpoint;
import dev.weft.load.client.Peer;
import dev.weft.wamp.SerializerId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where a load happens. Endpoints and serializers are used in turn.
 *
 * @param prefix of all topics and procedures of this load, which no other load has
 */
record Site(Connector connector, List<Endpoint> endpoints, List<Endpoint> otherEndpoints, String prefix) {

    /** A session of a caller or publisher, or one that joins, counted from 0. */
    CompletableFuture<Peer> connect(int number, List<SerializerId> serializers) {
        return connector.connect(inTurn(endpoints, number), inTurn(serializers, number));
    }

    /** A session of a callee or subscriber, counted from 0. */
    CompletableFuture<Peer> connectOther(int number, List<SerializerId> serializers) {
        return connector.connect(inTurn(otherEndpoints, number), inTurn(serializers, number));
    }

    private static <T> T inTurn(List<T> list, int number) {
        return list.get(number % list.size());
    }
}
