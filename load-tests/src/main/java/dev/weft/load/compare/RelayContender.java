package dev.weft.load.compare;

import dev.weft.load.client.Endpoint;
import dev.weft.load.measure.LocalPorts;
import dev.weft.load.relay.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bare relay, the limit of this stack, in a process of its own. */
final class RelayContender implements Contender {
    static final String NAME = "relay";

    private final Workshop workshop;

    RelayContender(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksWamp() {
        return false;
    }

    @Override
    public Set<Door> doors() {
        return EnumSet.of(Door.RAWSOCKET);
    }

    @Override
    public String install() {
        return "Vert.x NetServer on one event loop, frames copied and not decoded";
    }

    @Override
    public Running start(int nodes) throws Unavailable, IOException, InterruptedException {
        int port = LocalPorts.free(1).get(0);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Relay.class.getName(),
                Integer.toString(port));
        Running running = new Running();
        Endpoint endpoint = Endpoint.parse("relay://" + Workshop.address(port));
        running.add(workshop.start(NAME, command, Map.of()), Map.of(Door.RAWSOCKET, endpoint));
        running.awaitReady();
        return running;
    }
}
