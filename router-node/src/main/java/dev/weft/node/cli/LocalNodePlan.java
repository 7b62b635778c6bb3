package dev.weft.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One node of a cluster on this machine.
 *
 * @param name its name
 * @param clientPort where clients connect
 * @param hazelcastPort for its Hazelcast member
 * @param linkPort for links from the other nodes
 * @param adminPort for {@code weft cluster}; 0 for any free one
 */
record LocalNodePlan(String name, int clientPort, int hazelcastPort, int linkPort, int adminPort) {
    /** From a client port to the admin port; more than there may be nodes. */
    private static final int TO_ADMIN = 100;

    private static final int LAST_PORT = 65535;

    /**
     * Plans for {@code count} nodes. Client ports count up from {@code firstPort}; admin ports are {@value #TO_ADMIN} higher if
     * those are free; the others are free ones.
     */
    static List<LocalNodePlan> forNodes(int count, int firstPort) {
        List<Integer> ports = LocalPorts.free(2 * count);
        List<LocalNodePlan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int admin = firstPort + i + TO_ADMIN;
            plans.add(new LocalNodePlan(
                    "node-" + (i + 1),
                    firstPort + i,
                    ports.get(2 * i),
                    ports.get(2 * i + 1),
                    admin <= LAST_PORT && LocalPorts.isFree(admin) ? admin : 0));
        }
        return List.copyOf(plans);
    }

    /** Plans for {@code count} nodes, all of whose ports are free ones. */
    static List<LocalNodePlan> onFreePorts(int count) {
        List<Integer> ports = LocalPorts.free(3 * count);
        List<LocalNodePlan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(new LocalNodePlan(
                    "node-" + (i + 1), ports.get(3 * i), ports.get(3 * i + 1), ports.get(3 * i + 2), 0));
        }
        return List.copyOf(plans);
    }

    /** The node's configuration, but for the cluster's key, which comes by the environment. */
    String configuration(String cluster, List<LocalNodePlan> all) {
        String members = all.stream()
                .map(node -> "\"127.0.0.1:" + node.hazelcastPort() + "\"")
                .collect(Collectors.joining(", "));
        return """
                # Written by weft up.
                node: { name: %s }
                listeners:
                  - address: 127.0.0.1:%d
                realms:
                  - uri: realm1
                    auth: { methods: [anonymous] }
                    roles:
                      - name: anonymous
                        permissions:
                          - { uri: "", match: prefix, allow: [call, register, publish, subscribe] }
                    meta-api: full
                admin: { address: "127.0.0.1:%d" }
                # Whoever tries things out does not want to wait.
                drain: { timeout: 2s, spread: 500ms }
                cluster:
                  enabled: true
                  name: %s
                  discovery: { type: static, members: [%s] }
                  hazelcast: { address: "127.0.0.1:%d" }
                  link: { address: "127.0.0.1:%d" }
                """.formatted(name, clientPort, adminPort, cluster, members, hazelcastPort, linkPort);
    }
}
