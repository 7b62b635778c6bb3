package dev.weft.meta;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that is subscribed to everything below a prefix, and what it saw. */
final class Watcher {
    /** One event: what it says, without the id of the subscription. */
    record Seen(long publication, String topic, List<Object> args, Map<String, Object> kwargs) {}

    private static final Serializer SERIALIZER = Serializers.create(SerializerId.JSON, DecodeLimits.DEFAULT);

    private final RecordingConnection connection;

    Watcher(SimulatedNodes nodes, int node, int loop, SerializerId serializer, String prefix) {
        connection = nodes.join(node, loop, serializer);
        SubscribeOptions options = new SubscribeOptions(MatchPolicy.PREFIX, false);
        nodes.on(connection, () -> connection.says(new Subscribe(1, options, prefix)));
        nodes.settle();
    }

    RecordingConnection connection() {
        return connection;
    }

    long session() {
        return SimulatedNodes.sessionOf(connection);
    }

    Payload payload(Object... args) {
        return SERIALIZER.payload(List.of(args), null);
    }

    /** All events so far, in order. */
    List<Seen> seen() {
        List<Seen> seen = new ArrayList<>();
        for (Event event : connection.received(Event.class)) {
            seen.add(new Seen(
                    event.publication(),
                    String.valueOf(event.details().topic()),
                    SERIALIZER.args(event.payload()),
                    SERIALIZER.kwargs(event.payload())));
        }
        return seen;
    }

    /** What is said of one session, as words like {@code on_join}, in order. */
    List<String> storyOf(long session) {
        return seen().stream()
                .filter(event -> isAbout(event, session))
                .map(event -> event.topic().substring(event.topic().lastIndexOf('.') + 1))
                .toList();
    }

    private static boolean isAbout(Seen event, long session) {
        if (event.args().isEmpty()) {
            return false;
        }
        Object first = event.args().get(0);
        return first.equals(session)
                || (first instanceof Map<?, ?> dict && dict.get("session").equals(session));
    }
}
