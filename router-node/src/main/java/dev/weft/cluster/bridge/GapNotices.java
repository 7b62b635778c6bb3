package dev.weft.cluster.bridge;

import dev.weft.broker.LocalPublisher.Publication;
import dev.weft.realm.RealmRegistry;
import dev.weft.session.GlobalIds;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells the clients of this node that asked for it when they may have missed events of clients of another node, and when
 * none are missed any more (docs/gap-notices.md). Thread-safe.
 */
public final class GapNotices {
    /** In every realm; clients cannot publish to it. */
    static final String TOPIC = "weft.gap";

    private final RealmRegistry realms;
    private final GlobalIds publications = new GlobalIds();
    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final Set<String> open = new HashSet<>();

    GapNotices(RealmRegistry realms) {
        this.realms = realms;
    }

    /**
     * The link to {@code node} is down, and what was sent over it last may be lost. Called before the event loops are
     * told of the link, and so before any other link to the node is up: the notice comes before what that one brings.
     */
    public synchronized void opened(String node, String reason) {
        open.add(node);
        publish(Map.of("node", node, "state", "open", "reason", reason));
    }

    /** {@code node} knows the interest of this node: what is published there from now on comes. */
    public synchronized void closed(String node) {
        if (open.remove(node)) {
            publish(Map.of("node", node, "state", "closed"));
        }
    }

    private void publish(Map<String, String> kwargs) {
        Payload payload = serializer.payload(null, kwargs);
        realms.forEach((realm, tables) -> tables.publisher()
                .publish(TOPIC, () -> new Publication(publications.next(), EventDetails.DEFAULT, null, payload)));
    }
}
