package dev.weft.load.compare;

import dev.weft.load.client.Endpoint;
import dev.weft.load.measure.LocalPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A NATS server, the yardstick outside WAMP: that of this machine, else of Debian's package, unpacked and not installed. */
final class NatsContender implements Contender {
    private final Workshop workshop;

    NatsContender(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "nats";
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
    public int mostNodes() {
        return 2;
    }

    private String program() {
        return Stream.of(Path.of("/usr/sbin/nats-server"), Path.of("/usr/local/bin/nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(workshop.file("nats").resolve("usr/sbin/nats-server"))
                .toString();
    }

    @Override
    public String install() throws Unavailable, IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(program()))) {
            Path directory = Files.createDirectories(workshop.file("nats"));
            workshop.run(directory, List.of("apt-get", "download", "nats-server"));
            try (Stream<Path> files = Files.list(directory)) {
                Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                        .findFirst()
                        .orElseThrow(() -> new Unavailable("apt-get has brought no package"));
                workshop.run(directory, List.of("dpkg-deb", "-x", archive.toString(), directory.toString()));
            }
        }
        return workshop.run(workshop.directory(), List.of(program(), "--version"))
                .strip();
    }

    @Override
    public Running start(int nodes) throws Unavailable, IOException, InterruptedException {
        List<Integer> ports = LocalPorts.free(2 * nodes);
        Running running = new Running();
        for (int node = 0; node < nodes; node++) {
            List<String> command =
                    new ArrayList<>(List.of(program(), "-a", "127.0.0.1", "-p", Integer.toString(ports.get(2 * node))));
            if (nodes > 1) {
                command.addAll(List.of(
                        "--cluster_name",
                        "compare",
                        "--cluster",
                        "nats://" + Workshop.address(ports.get(2 * node + 1)),
                        "--routes",
                        "nats://" + Workshop.address(ports.get(1))));
            }
            Endpoint endpoint = Endpoint.parse("nats://" + Workshop.address(ports.get(2 * node)));
            String name = "nats-" + (node + 1) + "-of-" + nodes;
            running.add(workshop.start(name, command, Map.of()), Map.of(Door.RAWSOCKET, endpoint));
        }
        running.awaitReady();
        return running;
    }
}
