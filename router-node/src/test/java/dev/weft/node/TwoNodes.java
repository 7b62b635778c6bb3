package dev.weft.node;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** A cluster of two nodes in this process, with a realm for anonymous clients that may do anything. */
final class TwoNodes implements AutoCloseable {
    private static final String REALM = "realm1";

    private final List<RunningNode> nodes = new ArrayList<>();

    private TwoNodes() {}

    static TwoNodes start() throws IOException, NodeStartException {
        TwoNodes two = new TwoNodes();
        List<Integer> members = freePorts();
        for (int index = 0; index < members.size(); index++) {
            two.nodes.add(RouterNode.start(NodeConfigs.of("""
                    node: {name: node-%d}
                    listeners: [{address: "127.0.0.1:0"}]
                    realms:
                    - uri: %s
                      auth: {methods: [anonymous]}
                      roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                    cluster:
                      enabled: true
                      name: two-nodes-%d
                      discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                      hazelcast: {address: "127.0.0.1:%d"}
                      link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                    drain: {spread: 0s}
                    """.formatted(
                            index + 1, REALM, members.get(0), members.get(0), members.get(1), members.get(index)))));
        }
        return two;
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        }
    }

    /**
     * A session of a client that announces call canceling.
     *
     * @param node 0 or 1
     */
    TestClient join(int node, Framing framing, SerializerId serializer) throws IOException {
        String address = nodes.get(node).addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, framing, serializer, REALM);
    }

    @Override
    public void close() {
        nodes.forEach(RunningNode::stop);
    }
}
