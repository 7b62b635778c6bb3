package dev.weft.load.compare;

import dev.weft.load.measure.LocalPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Weft, from these sources, with its defaults, and with the meta API, which the others have by default. */
final class WeftContender implements Contender {
    static final String NAME = "weft";
    private static final int PORTS_OF_A_NODE = 4;

    private final Workshop workshop;
    private final String javaOptions;

    /** @param javaOptions for its nodes */
    WeftContender(Workshop workshop, String javaOptions) {
        this.workshop = workshop;
        this.javaOptions = javaOptions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int mostNodes() {
        return 2;
    }

    @Override
    public String install() throws Unavailable, IOException, InterruptedException {
        String version = lastLine(workshop.run(workshop.home(), List.of(launcher(), "version")));
        String commit = lastLine(
                workshop.run(workshop.home(), List.of("git", "describe", "--always", "--dirty", "--abbrev=12")));
        return version + ", commit " + commit + (javaOptions.isEmpty() ? "" : ", " + javaOptions);
    }

    private static String lastLine(String printed) {
        return printed.strip().lines().reduce("", (before, line) -> line);
    }

    private String launcher() {
        return workshop.home().resolve("weft").toString();
    }

    @Override
    public Running start(int nodes) throws Unavailable, IOException, InterruptedException {
        ServerCertificate certificate = ServerCertificate.in(workshop);
        List<Integer> ports = LocalPorts.free(PORTS_OF_A_NODE * nodes);
        Running running = new Running();
        for (int node = 0; node < nodes; node++) {
            String name = "weft-" + (node + 1) + "-of-" + nodes;
            List<Integer> own = ports.subList(PORTS_OF_A_NODE * node, PORTS_OF_A_NODE * (node + 1));
            String yaml = settings(name, own, certificate) + (nodes == 1 ? "" : cluster(ports, node, nodes));
            Path config = Files.writeString(workshop.file(name + ".yaml"), yaml);
            Process process = workshop.start(
                    name,
                    List.of(launcher(), "serve", "--config", config.toString(), "--until-stdin-closes"),
                    Map.of("WEFT_JAVA_OPTS", javaOptions));
            Map<Door, Integer> doors = Map.of(
                    Door.RAWSOCKET, own.get(0),
                    Door.WEBSOCKET, own.get(0),
                    Door.RAWSOCKET_TLS, own.get(1),
                    Door.WEBSOCKET_TLS, own.get(1));
            running.add(process, WampDoors.of(doors, "/ws"));
        }
        running.awaitReady();
        return running;
    }

    private static String settings(String name, List<Integer> ports, ServerCertificate certificate) {
        return """
                node: { name: %s }
                listeners:
                  - { address: "%s" }
                  - { address: "%s", tls: { certificate: %s, key: %s } }
                limits: { max-connection-rate-per-address: 0, max-sessions-per-address: 1000000, max-sessions-per-principal: 1000000 }
                realms:
                  - uri: realm1
                    auth: { methods: [anonymous] }
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                    meta-api: full
                    history: [{ uri: com.example.conformance.history }]
                    trust-levels: [{ authrole: anonymous, level: 1 }]
                """.formatted(
                        name,
                        Workshop.address(ports.get(0)),
                        Workshop.address(ports.get(1)),
                        certificate.certificate(),
                        certificate.key());
    }

    private static String cluster(List<Integer> ports, int node, int nodes) {
        StringBuilder members = new StringBuilder();
        for (int other = 0; other < nodes; other++) {
            String address = Workshop.address(ports.get(PORTS_OF_A_NODE * other + 2));
            members.append(other == 0 ? "" : ", ").append('"').append(address).append('"');
        }
        return """
                cluster:
                  enabled: true
                  name: compare-%d
                  discovery: { type: static, members: [%s] }
                  hazelcast: { address: "%s" }
                  link: { address: "%s", secret: for one comparison }
                """.formatted(
                        ProcessHandle.current().pid(),
                        members,
                        Workshop.address(ports.get(PORTS_OF_A_NODE * node + 2)),
                        Workshop.address(ports.get(PORTS_OF_A_NODE * node + 3)));
    }
}
