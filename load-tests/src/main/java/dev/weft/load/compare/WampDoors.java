package dev.weft.load.compare;

import dev.weft.load.client.Endpoint;
import java.util.EnumMap;
import java.util.Map;

/** The endpoints of a WAMP router that has a port for each door, or one port for several. */
final class WampDoors {
    private WampDoors() {}

    /** @param path of WebSockets */
    static Map<Door, Endpoint> of(Map<Door, Integer> ports, String path) {
        Map<Door, Endpoint> doors = new EnumMap<>(Door.class);
        ports.forEach((door, port) -> {
            String ofWebSocket = door.scheme().startsWith("ws") ? path : "";
            doors.put(door, Endpoint.parse(door.scheme() + "://" + Workshop.address(port) + ofWebSocket));
        });
        return doors;
    }
}
