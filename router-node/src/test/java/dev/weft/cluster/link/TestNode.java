package dev.weft.cluster.link;

import dev.weft.link.LinkSecret;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A node that is nothing but its links, on loopback, and keeps what they told it. */
final class TestNode implements LinkListener, AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);

    /** Quick, so that tests are; but patient with the peer, which shares the processors with other tests. */
    static final LinkTimes TIMES = new LinkTimes(
            Duration.ofMillis(100),
            Duration.ofMillis(4000),
            Duration.ofMillis(2000),
            Duration.ofMillis(500),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofHours(1));

    /** The same for links that end with their connection. */
    static final LinkTimes NO_GRACE = withGrace(Duration.ZERO);

    record Down(PeerLink link, LinkDownReason reason) {}

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final LinkOptions options;
    final LinkSupervisor links;
    final int port;
    final List<PeerLink> ups = new CopyOnWriteArrayList<>();
    final List<Down> downs = new CopyOnWriteArrayList<>();
    final List<PeerLink> resumes = new CopyOnWriteArrayList<>();
    final List<NodeId> forgotten = new CopyOnWriteArrayList<>();
    final List<TableChange> changes = new CopyOnWriteArrayList<>();
    volatile BiConsumer<PeerLink, RoutedMessage> onRouted = (link, message) -> {};
    volatile Consumer<LinkDownReason> onDown = reason -> {};
    volatile BiConsumer<PeerLink, TableChange> onChanged = (link, change) -> changes.add(change);

    TestNode(LinkOptions options) throws Exception {
        this.options = options;
        links = new LinkSupervisor(vertx, options, this);
        port = links.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** For peers that do not beat, and for threads that do not get their turn. */
    static final LinkTimes PATIENT = new LinkTimes(
            Duration.ofMillis(100),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(2),
            Duration.ofHours(1));

    static LinkTimes withGrace(Duration grace) {
        return new LinkTimes(
                TIMES.heartbeat(),
                TIMES.silence(),
                TIMES.handshake(),
                TIMES.farewell(),
                TIMES.shortestPause(),
                TIMES.longestPause(),
                grace,
                TIMES.forgetAfter());
    }

    static TestNode named(String name) throws Exception {
        return new TestNode(options(name, "test", "secret", LinkLimits.DEFAULT));
    }

    static TestNode named(String name, LinkTimes times) throws Exception {
        return new TestNode(options(name, times, LinkLimits.DEFAULT));
    }

    static LinkOptions options(String name, LinkTimes times, LinkLimits limits) {
        return options(name, "test", times, limits);
    }

    static LinkOptions options(String name, String cluster, LinkTimes times, LinkLimits limits) {
        LinkSecret secret = new LinkSecret("secret".getBytes(StandardCharsets.UTF_8));
        return new LinkOptions(new NodeId(name, 1), cluster, secret, "127.0.0.1", 0, times, limits, null);
    }

    static LinkOptions options(String name, String cluster, String secret, LinkLimits limits) {
        LinkSecret shared = new LinkSecret(secret.getBytes(StandardCharsets.UTF_8));
        return new LinkOptions(new NodeId(name, 1), cluster, shared, "127.0.0.1", 0, TIMES, limits, null);
    }

    NodeId id() {
        return options.node();
    }

    void wants(TestNode... others) {
        Map<NodeId, InetSocketAddress> map = new HashMap<>();
        for (TestNode other : others) {
            map.put(other.id(), InetSocketAddress.createUnresolved("127.0.0.1", other.port));
        }
        links.wanted(map);
    }

    static void link(TestNode one, TestNode other) {
        one.wants(other);
        other.wants(one);
        one.awaitUps(1);
        other.awaitUps(1);
    }

    void awaitUps(int count) {
        Awaitility.await().atMost(SOON).until(() -> ups.size() >= count);
    }

    void awaitDowns(int count) {
        Awaitility.await().atMost(SOON).until(() -> downs.size() >= count);
    }

    void awaitResumes(int count) {
        Awaitility.await().atMost(SOON).until(() -> resumes.size() >= count);
    }

    PeerLink link() {
        return ups.get(ups.size() - 1);
    }

    List<LinkState> states() {
        List<LinkState> states = new ArrayList<>();
        links.links().forEach(status -> states.add(status.state()));
        return states;
    }

    Map<NodeId, InetSocketAddress> address() {
        return Map.of(id(), InetSocketAddress.createUnresolved("127.0.0.1", port));
    }

    @Override
    public void linkUp(PeerLink link) {
        ups.add(link);
    }

    @Override
    public void changed(PeerLink link, TableChange change) {
        onChanged.accept(link, change);
    }

    @Override
    public void routed(PeerLink link, RoutedMessage message) {
        onRouted.accept(link, message);
    }

    @Override
    public void linkResumed(PeerLink link) {
        resumes.add(link);
    }

    @Override
    public void forgotten(NodeId node) {
        forgotten.add(node);
    }

    @Override
    public void linkDown(PeerLink link, LinkDownReason reason) {
        downs.add(new Down(link, reason));
        onDown.accept(reason);
    }

    @Override
    public void close() throws Exception {
        links.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
