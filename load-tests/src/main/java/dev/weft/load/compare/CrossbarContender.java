package dev.weft.load.compare;

import dev.weft.load.measure.LocalPorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Crossbar.io, a WAMP router in Python, in a virtual environment of its own. */
final class CrossbarContender implements Contender {
    private static final String VERSIONS = "import importlib.metadata as m, platform as p;"
            + " print('crossbar', m.version('crossbar') + ',', p.python_implementation(), p.python_version())";

    private final Workshop workshop;
    private final String python;
    private final @Nullable Path installed;

    /**
     * @param python the interpreter for a virtual environment that is made here
     * @param installed a virtual environment that is there already, and is used as it is; null to make one
     */
    CrossbarContender(Workshop workshop, String python, @Nullable Path installed) {
        this.workshop = workshop;
        this.python = python;
        this.installed = installed;
    }

    @Override
    public String name() {
        return "crossbar";
    }

    private Path program(String name) {
        return environment().resolve("bin").resolve(name);
    }

    private Path environment() {
        return installed == null ? workshop.file("crossbar-venv") : installed;
    }

    @Override
    public String install() throws Unavailable, IOException, InterruptedException {
        if (installed == null) {
            makeEnvironment();
        } else if (!Files.isExecutable(program("crossbar"))) {
            throw new Unavailable("--crossbar: there is no program " + program("crossbar"));
        }
        List<String> versions = List.of(program("python").toString(), "-c", VERSIONS);
        return workshop.run(workshop.directory(), versions).strip();
    }

    private void makeEnvironment() throws Unavailable, IOException, InterruptedException {
        Path requirements = workshop.sources("crossbar").resolve("requirements.txt");
        if (!Files.exists(program("crossbar"))) {
            workshop.run(
                    workshop.directory(),
                    List.of(python, "-m", "venv", environment().toString()));
        }
        workshop.run(
                workshop.directory(),
                List.of(program("pip").toString(), "install", "--quiet", "-r", requirements.toString()));
    }

    @Override
    public Running start(int nodes) throws Unavailable, IOException, InterruptedException {
        ServerCertificate certificate = ServerCertificate.in(workshop);
        List<Integer> ports = LocalPorts.free(Door.values().length);
        Map<Door, Integer> byDoor = new EnumMap<>(Door.class);
        List<Object> transports = new ArrayList<>();
        for (Door door : Door.values()) {
            int port = ports.get(byDoor.size());
            byDoor.put(door, port);
            transports.add(transport(door, port, certificate));
        }
        Path directory = Files.createDirectories(workshop.file("crossbar"));
        Files.deleteIfExists(directory.resolve("node.pid"));
        Files.writeString(directory.resolve("config.json"), new JsonObject(config(transports)).encodePrettily());
        List<String> command =
                List.of(program("crossbar").toString(), "start", "--cbdir", directory.toString(), "--loglevel", "warn");
        Running running = new Running();
        running.add(workshop.start(name(), command, Map.of()), WampDoors.of(byDoor, "/"));
        running.awaitReady();
        return running;
    }

    private static Map<String, Object> config(List<Object> transports) {
        Map<String, Object> allowed = Map.of("call", true, "register", true, "publish", true, "subscribe", true);
        Map<String, Object> permission = Map.of("uri", "", "match", "prefix", "allow", allowed, "cache", true);
        Map<String, Object> role = Map.of("name", "anonymous", "permissions", List.of(permission));
        Map<String, Object> realm = Map.of("name", "realm1", "roles", List.of(role));
        Map<String, Object> worker = Map.of("type", "router", "realms", List.of(realm), "transports", transports);
        return Map.of("version", 2, "controller", Map.of(), "workers", List.of(worker));
    }

    private static Map<String, Object> transport(Door door, int port, ServerCertificate certificate) {
        Map<String, Object> endpoint =
                new LinkedHashMap<>(Map.of("type", "tcp", "interface", "127.0.0.1", "port", port, "backlog", 4096));
        if (door.isTls()) {
            endpoint.put(
                    "tls",
                    Map.of(
                            "certificate", certificate.certificate().toString(),
                            "key", certificate.key().toString()));
        }
        return Map.of(
                "type",
                door.scheme().startsWith("ws") ? "websocket" : "rawsocket",
                "endpoint",
                endpoint,
                "serializers",
                List.of("msgpack", "json", "cbor"),
                "auth",
                Map.of("anonymous", Map.of("type", "static", "role", "anonymous")));
    }
}
