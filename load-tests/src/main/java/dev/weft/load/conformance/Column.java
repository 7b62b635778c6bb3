package dev.weft.load.conformance;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.wire.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where and how all checks are played once.
 *
 * @param places of the first, second and third client
 * @param placement such as {@code 1-2-1}: the nodes of the three
 */
record Column(Endpoint.Speech transport, Language language, List<Endpoint> places, String placement) {
    private static final int CLIENTS = 3;

    Column {
        places = List.copyOf(places);
    }

    /**
     * All that the nodes allow: each transport that every node has, each serializer, the first two clients on every pair
     * of nodes, and the third on the next.
     *
     * @param nodes the endpoints of each
     */
    static List<Column> of(List<List<Endpoint>> nodes, List<Language> languages) {
        List<Column> columns = new ArrayList<>();
        for (Endpoint.Speech transport : List.of(Endpoint.Speech.RAWSOCKET, Endpoint.Speech.WEBSOCKET)) {
            List<Endpoint> doors = nodes.stream()
                    .flatMap(node -> node.stream()
                            .filter(door -> door.speech() == transport)
                            .limit(1))
                    .toList();
            if (doors.size() != nodes.size()) {
                continue;
            }
            for (Language language : languages) {
                columns.addAll(of(transport, language, doors));
            }
        }
        return columns;
    }

    private static List<Column> of(Endpoint.Speech transport, Language language, List<Endpoint> doors) {
        List<Column> columns = new ArrayList<>();
        int nodes = doors.size();
        for (int asking = 0; asking < nodes; asking++) {
            for (int asked = 0; asked < nodes; asked++) {
                int[] chosen = {asking, asked, (asked + 1) % nodes};
                List<Endpoint> places = new ArrayList<>();
                List<String> names = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    places.add(doors.get(chosen[client]));
                    names.add(Integer.toString(chosen[client] + 1));
                }
                columns.add(new Column(transport, language, places, String.join("-", names)));
            }
        }
        return columns;
    }

    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + " " + language.name().toLowerCase(Locale.ROOT) + " "
                + placement;
    }
}
