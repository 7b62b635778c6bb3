package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Buffers are released however a connection ends. */
class LinkLeakTest {
    private static final int MIB = 1024 * 1024;
    private static final int CUTS = 20;

    @Test
    void noBufferIsLeftBehind() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
        ListAppender<ILoggingEvent> leaks = new ListAppender<>();
        leaks.start();
        logger.addAppender(leaks);
        try (TestNode b = new TestNode(TestNode.options("b", "test", "secret", new LinkLimits(MIB, MIB, 32 * MIB)))) {
            cutInTheMiddleOfAFrame(b);
            strangers(b);
            overflow(b);
            for (int i = 0; i < 20; i++) {
                System.gc();
                PooledByteBufAllocator.DEFAULT.directBuffer().release();
            }
            assertThat(leaks.list).isEmpty();
        } finally {
            logger.detachAppender(leaks);
        }
    }

    private static void cutInTheMiddleOfAFrame(TestNode b) throws Exception {
        try (TestNode a = TestNode.named("a")) {
            AtomicLong received = new AtomicLong();
            a.onRouted = (link, message) -> received.incrementAndGet();
            TestNode.link(a, b);
            for (int i = 0; i < CUTS; i++) {
                b.link().send(event(500_000), PeerLinkTest.NOWHERE);
                PeerLinkTest.cut(i % 2 == 0 ? a.link() : b.link());
                a.awaitResumes(i + 1);
                b.awaitResumes(i + 1);
            }
            Awaitility.await().atMost(TestNode.SOON).until(() -> received.get() == CUTS);
            b.link().send(event(500_000), PeerLinkTest.NOWHERE);
            b.link().close(LinkDownReason.SILENT);
            a.awaitDowns(1);
        }
    }

    private static void strangers(TestNode b) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawPeer peer = new RawPeer(b.port)) {
                peer.socket.getOutputStream().write(new byte[] {0, 0, 0, 100, 1, 2, 3});
            }
            try (RawPeer peer = new RawPeer(b.port)) {
                peer.send(RawPeer.hello("x"));
            }
        }
    }

    private static void overflow(TestNode b) throws Exception {
        try (RawPeer slow = new RawPeer(b.port).linked("aa")) {
            Awaitility.await()
                    .atMost(TestNode.SOON)
                    .until(() -> b.link().peer().name().equals("aa"));
            PeerLink link = b.link();
            while (link.isUp()) {
                link.send(event(10_000), PeerLinkTest.NOWHERE);
            }
            assertThat(slow.socket.isConnected()).isTrue();
        }
    }

    private static RoutedEvent event(int length) {
        Payload payload = Payload.of(SerializerId.MSGPACK, 1, new byte[length]);
        return new RoutedEvent("r", 1, "t", new long[] {1}, 0, EventDetails.DEFAULT, null, payload);
    }
}
