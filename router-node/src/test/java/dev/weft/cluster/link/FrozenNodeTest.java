package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.NodeId;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that is stopped by a signal, and goes on after its peer has given it up. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FrozenNodeTest {
    /** Silent for so long is nobody who has not been stopped, however much else is going on. */
    private static final LinkTimes TIMES = new LinkTimes(
            Duration.ofMillis(100),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofHours(1));

    /** The node in the other process: says its port, then each message that it handles and each end of its link. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            TestNode b = TestNode.named("b", TIMES);
            b.onRouted = (link, message) -> say("handled");
            b.onDown = reason -> say(reason.name());
            say(String.valueOf(b.port));
            if (System.in.read() < 0) {
                b.close();
            }
            System.exit(0);
        }

        private static void say(String what) {
            System.out.println("said " + what);
            System.out.flush();
        }
    }

    @Test
    void whatWasSentToAFrozenNodeIsNotHandledWhenItWakes() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName())
                .redirectErrorStream(true)
                .directory(new File(".").getAbsoluteFile())
                .start();
        try (TestNode a = TestNode.named("a", TIMES)) {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
            int port = Integer.parseInt(nextSaid(out));
            a.links.wanted(Map.of(new NodeId("b", 1), new InetSocketAddress("127.0.0.1", port)));
            a.awaitUps(1);
            PeerLink link = a.link();
            link.send(PeerLinkTest.event(1, 1), PeerLinkTest.NOWHERE);
            assertThat(nextSaid(out)).isEqualTo("handled");
            signal(child, "-STOP");
            Awaitility.await().until(() -> isStopped(child));
            link.send(PeerLinkTest.event(1, 2), PeerLinkTest.NOWHERE);
            a.awaitDowns(1);
            assertThat(a.downs.get(0).reason()).isEqualTo(LinkDownReason.SILENT);
            signal(child, "-CONT");
            assertThat(nextSaid(out)).isEqualTo("FROZEN");
            a.awaitUps(2);
            a.link().send(PeerLinkTest.event(1, 3), PeerLinkTest.NOWHERE);
            assertThat(nextSaid(out)).isEqualTo("handled");
            assertThat(Awaitility.await().atMost(TestNode.SOON).until(a.downs::size, size -> size == 1))
                    .isEqualTo(1);
        } finally {
            signal(child, "-CONT");
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String nextSaid(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("said ")) {
                return line.substring("said ".length());
            }
        }
        throw new IOException("the child ended");
    }

    /** One thread takes the signal and stops the others: until it gets a processor, they go on. */
    private static boolean isStopped(Process process) throws IOException {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    private static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor(10, TimeUnit.SECONDS);
    }
}
