package dev.weft.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.DiscoveryType;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Tag("cluster")
final class HazelcastMembershipTest {
    private static final NodeId A = new NodeId("a", 1);
    private static final NodeId B = new NodeId("b", 2);
    private static final NodeId C = new NodeId("c", 3);
    private static final NodeId D = new NodeId("d", 4);

    /** What is promised, where the processors are not needed for anything else. */
    private static final Duration PROMPTLY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestMembers members = new TestMembers();
    private final ExecutorService control = Executors.newSingleThreadExecutor();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void leave() {
        members.close();
        control.shutdownNow();
    }

    @Test
    void everyNodeIsToldWhoJoinsAndWhoIsGone() throws Exception {
        whoJoinsAndWhoIsGoneIsTold(PATIENCE);
    }

    @Test
    @Tag("alone")
    void whoIsGoneIsToldWithinTwoSeconds() throws Exception {
        whoJoinsAndWhoIsGoneIsTold(PROMPTLY);
    }

    private void whoJoinsAndWhoIsGoneIsTold(Duration within) throws Exception {
        HazelcastMembership a = members.join(A);
        a.watch(control, new Recorder());
        await().until(() -> told.equals(List.of("view [a#1]")));

        HazelcastMembership b = members.join(B);
        await().until(() -> told.contains("view [a#1, b#2]"));
        assertThat(b.view().keySet()).containsExactly(A, B);
        assertThat(b.view()).isEqualTo(Map.of(A, TestMembers.linkOf(A), B, TestMembers.linkOf(B)));

        HazelcastMembership c = members.join(C);
        await().until(() -> told.contains("view [a#1, b#2, c#3]"));
        c.leave();
        await().until(() -> told.size() == 4);
        long killed = System.nanoTime();
        members.kill(b);
        await().atMost(PATIENCE).until(() -> told.size() == 5);

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(within);
        assertThat(told)
                .containsExactly(
                        "view [a#1]", "view [a#1, b#2]", "view [a#1, b#2, c#3]", "view [a#1, b#2]", "view [a#1]");
    }

    @Test
    void whoComesAndGoesBeforeAnyoneLooksIsToldToHaveVanished() throws Exception {
        HazelcastMembership a = members.join(A);
        a.watch(control, new Recorder());
        await().until(() -> told.equals(List.of("view [a#1]")));
        Semaphore free = new Semaphore(0);
        control.execute(free::acquireUninterruptibly);
        HazelcastMembership b = members.join(B);
        members.kill(b);
        await().until(() -> a.view().size() == 1);
        free.release();

        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly("view [a#1]", "vanished");
    }

    @Test
    void whoIsToldToBeGoneHasNotVanishedAlsoIfOthersWentAtTheSameTime() throws Exception {
        HazelcastMembership a = members.join(A);
        a.watch(control, new Recorder());
        HazelcastMembership b = members.join(B);
        HazelcastMembership c = members.join(C);
        await().until(() -> lastTold().equals("view [a#1, b#2, c#3]"));
        int before = told.size();
        Semaphore free = new Semaphore(0);
        control.execute(free::acquireUninterruptibly);
        members.kill(c);
        members.kill(b);
        await().until(() -> a.view().size() == 1);
        free.release();

        await().until(() -> lastTold().equals("view [a#1]"));
        members.join(D);
        await().until(() -> lastTold().equals("view [a#1, d#4]"));
        assertThat(told.subList(before, told.size())).containsExactly("view [a#1]", "view [a#1, d#4]");
    }

    /** It tidies up in Hazelcast's maps, and waits while shares of them are handed out. */
    @Test
    void whoIsGoneIsToldAlsoWhileVertxIsBusyWithThoseWhoWentBefore() throws Exception {
        HazelcastMembership a = members.join(A);
        ClusterManager vertxMember = a.clusterManager();
        Vertx vertx = vertx(vertxMember);
        a.watch(control, new Recorder());
        HazelcastMembership b = members.join(B);
        HazelcastMembership c = members.join(C);
        await().until(() -> told.contains("view [a#1, b#2, c#3]"));

        synchronized (vertxMember) {
            members.kill(c);
            await().until(() -> lastTold().equals("view [a#1, b#2]"));
            members.kill(b);
            await().until(() -> lastTold().equals("view [a#1]"));
            assertThat(CompletableFuture.runAsync(() ->
                            ((LifecycleListener) vertxMember).stateChanged(new LifecycleEvent(LifecycleState.MERGED))))
                    .as("Hazelcast's thread that tells of a merge")
                    .succeedsWithin(Duration.ofSeconds(5));
        }
        close(vertx);
    }

    /** It pauses them when one has failed, which may be because of the death. */
    @Test
    void thePartitionsOfTheDeadAreHandedOverAlsoWhileHazelcastPausesMigrations() throws Exception {
        partitionsOfTheDeadAreHandedOver(PATIENCE);
    }

    @Test
    @Tag("alone")
    void thePartitionsOfTheDeadAreHandedOverWithinTwoSecondsAlsoWhileHazelcastPausesMigrations() throws Exception {
        partitionsOfTheDeadAreHandedOver(PROMPTLY);
    }

    private void partitionsOfTheDeadAreHandedOver(Duration within) throws Exception {
        HazelcastMembership a = members.join(A);
        HazelcastMembership b = members.join(B);
        InternalPartitionServiceImpl partitions =
                ((HazelcastInstanceProxy) a.hazelcast()).getOriginal().node.partitionService;
        await().until(() -> partitions.isMemberStateSafe()
                && partitions.getMemberPartitions(addressOf(b)).size() > 100);

        partitions.pauseMigration();
        members.kill(b);

        await().atMost(within)
                .until(() -> partitions.getMemberPartitions(addressOf(a)).size() == partitions.getPartitionCount());
    }

    @Test
    void membersAreFoundByTheAddressesBehindAName() throws Exception {
        HazelcastMembership a = members.join(A);
        DiscoveryConfig dns = new DiscoveryConfig(
                DiscoveryType.DNS, List.of(), "localhost", a.address().port());

        HazelcastMembership b = members.join(B, dns);

        assertThat(b.view()).containsOnlyKeys(A, B);
    }

    /** The network asks for two minutes before it says that nobody answers. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
    void aNodeWhoseSeedDoesNotAnswerAtAllFoundsTheClusterWithinSeconds() throws Exception {
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
            while (queue.stream().allMatch(SocketChannel::isConnected)) {
                queue.add(begunTo(address));
            }
            HostPort seed = new HostPort("127.0.0.1", address.getPort());

            HazelcastMembership a =
                    members.join(A, new DiscoveryConfig(DiscoveryType.STATIC, List.of(seed), null, 5701));
            assertThat(a.view()).containsOnlyKeys(A);
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    /** Connected, unless the queue of those that nobody accepts is full: then nobody answers. */
    private static SocketChannel begunTo(InetSocketAddress address) throws Exception {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            if (selector.select(500) > 0) {
                channel.finishConnect();
            }
        }
        return channel;
    }

    private static boolean isClosedWithoutAWord(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void thePortIsOnlyOpenWhereItIsConfiguredAndOnlyToMembers() throws Exception {
        HostPort address = members.join(A).address();

        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses().filter(other -> !other.isLoopbackAddress()).forEach(other -> {
                assertThatThrownBy(() -> new Socket(other, address.port()).close())
                        .isInstanceOf(IOException.class);
            });
        }
        for (String stranger : List.of("CP2", "GET")) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()));
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(stranger.getBytes(StandardCharsets.US_ASCII));
                assertThat(isClosedWithoutAWord(socket)).as("for %s", stranger).isTrue();
            }
        }
    }

    @Test
    void anAddressInUseIsAFailureThatSaysSo() throws Exception {
        HostPort taken = members.join(A).address();
        DiscoveryConfig alone = new DiscoveryConfig(DiscoveryType.STATIC, List.of(), null, 5701);

        assertThatThrownBy(() -> HazelcastMembership.join(
                        new MembershipOptions(
                                "other", taken, alone, 1, MembershipOptions.Times.DEFAULT, TestMembers.KEYS),
                        B,
                        TestMembers.linkOf(B),
                        config -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken.toString());
    }

    @Test
    void vertxSharesTheMember() throws Exception {
        HazelcastMembership a = members.join(A);
        HazelcastMembership b = members.join(B);
        Vertx one = vertx(a);
        Vertx other = vertx(b);
        try {
            List<String> received = new CopyOnWriteArrayList<>();
            one.eventBus()
                    .<String>consumer("weft.test", message -> received.add(message.body()))
                    .completion()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            other.eventBus().publish("weft.test", "hello");
            await().until(() -> received.equals(List.of("hello")));
            assertThat(one.isNativeTransportEnabled()).isTrue();
        } finally {
            close(one);
            close(other);
        }
        assertThat(a.view()).containsOnlyKeys(A, B);
    }

    private String lastTold() {
        return told.get(told.size() - 1);
    }

    private static Address addressOf(HazelcastMembership member) {
        return member.hazelcast().getCluster().getLocalMember().getAddress();
    }

    private static Vertx vertx(HazelcastMembership member) throws Exception {
        return vertx(member.clusterManager());
    }

    private static Vertx vertx(ClusterManager member) throws Exception {
        VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
        options.getEventBusOptions().setHost("127.0.0.1").setPort(0);
        return Vertx.builder()
                .with(options)
                .withClusterManager(member)
                .buildClustered()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static void close(Vertx vertx) throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private final class Recorder implements MembershipObserver {
        @Override
        public void changed(Map<NodeId, HostPort> view) {
            told.add("view " + view.keySet());
        }

        @Override
        public void vanished() {
            told.add("vanished");
        }

        @Override
        public void merged() {
            told.add("merged");
        }
    }
}
