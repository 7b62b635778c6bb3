package dev.weft.load.chaos.node;

import dev.weft.load.chaos.net.Endpoints;
import dev.weft.load.chaos.net.Network;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration file of a node under test: all defaults but for addresses. */
final class NodeSettings {
    private NodeSettings() {}

    static String yaml(Network network, int nodes, int node, String name) {
        Endpoints own = network.endpoints(node);
        String members = IntStream.range(0, nodes)
                .mapToObj(each -> '"' + Endpoints.text(network.endpoints(each).hazelcast()) + '"')
                .collect(Collectors.joining(", "));
        return """
                node: { name: %s, event-loops: 2 }
                listeners: [{ address: "%s" }]
                realms:
                  - uri: realm1
                    auth: { methods: [anonymous] }
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                cluster:
                  enabled: true
                  name: chaos-%d
                  discovery: { type: static, members: [%s] }
                  hazelcast: { address: "%s" }
                  link: { address: "%s", advertised-address: "%s", secret: for one run of the fault suite }
                """.formatted(
                        name,
                        Endpoints.text(own.clients()),
                        ProcessHandle.current().pid(),
                        members,
                        Endpoints.text(own.hazelcast()),
                        Endpoints.text(own.link()),
                        Endpoints.text(own.linkProxy()));
    }
}
