package dev.weft.node;

import static org.awaitility.Awaitility.await;

import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A cluster of two nodes in this process, with a realm for anonymous clients that may do anything unless another is given. */
final class TwoNodes implements AutoCloseable {
    private static final String REALM = "realm1";
    static final String OPEN_REALM = """
            realms:
            - uri: realm1
              auth: {methods: [anonymous]}
              roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
            """;

    private final List<RunningNode> nodes = new ArrayList<>();
    private final List<Integer> members;
    private volatile String realms;

    private TwoNodes(List<Integer> members, String realms) {
        this.members = members;
        this.realms = realms;
    }

    static TwoNodes start() throws NodeStartException {
        return start(OPEN_REALM);
    }

    /** @param realms as they are configured on both */
    static TwoNodes start(String realms) throws NodeStartException {
        TwoNodes two = new TwoNodes(LocalPorts.free(2), realms);
        two.nodes.add(two.started(0));
        two.nodes.add(two.started(1));
        return two;
    }

    private RunningNode started(int node) throws NodeStartException {
        return RouterNode.start(NodeConfigs.of(config(node)), () -> NodeConfigs.report(config(node)));
    }

    private String config(int index) {
        return """
                node: {name: node-%d}
                listeners: [{address: "127.0.0.1:0"}]
                cluster:
                  enabled: true
                  name: two-nodes-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 0s}
                """.formatted(index + 1, members.get(0), members.get(0), members.get(1), members.get(index)) + realms;
    }

    void stop(int node) {
        nodes.get(node).stop();
    }

    /** Starts the one that was stopped, with the same configuration, at another port. */
    void startAgain(int node) throws NodeStartException {
        nodes.set(node, started(node));
    }

    /** Has one of them read the configuration again, in which the realms are others now. */
    ReloadReport reload(int node, String others) {
        realms = others;
        return nodes.get(node).reload();
    }

    /** Until neither of them knows anything of a realm. */
    void awaitNoRealm(String realm) {
        await().until(() -> nodes.stream().noneMatch(node -> knows((RouterNode) node, realm)));
    }

    private static boolean knows(RouterNode node, String realm) {
        Set<String> known = new HashSet<>();
        node.realms().forEach((uri, tables) -> known.add(uri));
        return known.contains(realm);
    }

    int port(int node) {
        String address = nodes.get(node).addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /**
     * A session of a client that announces call canceling.
     *
     * @param node 0 or 1
     */
    TestClient join(int node, Framing framing, SerializerId serializer) throws IOException {
        return TestClient.join(port(node), framing, serializer, REALM);
    }

    @Override
    public void close() {
        nodes.forEach(RunningNode::stop);
    }
}
