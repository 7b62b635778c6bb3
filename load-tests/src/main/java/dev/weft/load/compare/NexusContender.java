package dev.weft.load.compare;

import dev.weft.load.measure.LocalPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** nexus, a WAMP router in Go, built with the Go of this machine. */
final class NexusContender implements Contender {
    private static final String MODULE = "github.com/gammazero/nexus/v3";

    private final Workshop workshop;

    NexusContender(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "nexus";
    }

    private String program() {
        return workshop.file("nexus-router").toString();
    }

    @Override
    public String install() throws Unavailable, IOException, InterruptedException {
        workshop.run(workshop.sources("nexus"), List.of("go", "build", "-o", program(), "."));
        String go = workshop.run(workshop.directory(), List.of("go", "env", "GOVERSION"));
        String version = Files.readString(workshop.sources("nexus").resolve("go.mod"))
                .lines()
                .filter(line -> line.contains(MODULE))
                .findFirst()
                .orElse("")
                .replace("require", "")
                .strip();
        return version + ", " + go.strip();
    }

    @Override
    public Running start(int nodes) throws Unavailable, IOException, InterruptedException {
        ServerCertificate certificate = ServerCertificate.in(workshop);
        List<Integer> ports = LocalPorts.free(Door.values().length);
        List<String> command = new ArrayList<>(List.of(
                program(),
                "-certificate",
                certificate.certificate().toString(),
                "-key",
                certificate.key().toString()));
        Map<Door, Integer> byDoor = new EnumMap<>(Door.class);
        for (Door door : Door.values()) {
            int port = ports.get(byDoor.size());
            byDoor.put(door, port);
            command.add("-" + door.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            command.add(Integer.toString(port));
        }
        Running running = new Running();
        running.add(workshop.start(name(), command, Map.of()), WampDoors.of(byDoor, "/"));
        running.awaitReady();
        return running;
    }
}
