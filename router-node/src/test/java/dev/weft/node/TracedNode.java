package dev.weft.node;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A node alone, with an open realm. */
record TracedNode(RunningNode node) implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param tracing as it is configured; empty for none */
    static TracedNode start(String tracing) throws NodeStartException {
        return new TracedNode(RouterNode.start(NodeConfigs.of("""
                node: {name: alone}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """ + tracing)));
    }

    TestClient join(Framing framing, SerializerId serializer) throws IOException {
        return join(framing, serializer, "call_canceling");
    }

    TestClient join(Framing framing, SerializerId serializer, String feature) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, framing, serializer, "realm1", feature);
    }

    /** What is scraped, by a scraper that accepts this. */
    String metrics(String accept) throws IOException, InterruptedException {
        return scrape(accept).body();
    }

    /** The same, with its head. */
    HttpResponse<String> scrape(String accept) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", accept).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        node.stop();
    }
}
