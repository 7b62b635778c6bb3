package dev.weft.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.MatchPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsPeerTest {
    private final List<String> heard = new ArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final SessionLife life = new SessionLife(broken::add);
    private final NatsPeer peer = new NatsPeer(new PlainArguments(), life);
    private final EmbeddedChannel channel = new EmbeddedChannel(peer);
    private final Stamp stamp = new Stamp();

    @BeforeEach
    void listen() {
        peer.listen(new PeerListener() {
            @Override
            public void answered(Stamp answer) {
                heard.add("answer " + answer.sequence());
            }

            @Override
            public void invoked(Stamp call) {
                heard.add("call " + call.sequence());
            }

            @Override
            public void received(long subscription, Stamp event) {
                heard.add("event " + event.sequence() + " of " + subscription);
            }
        });
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private String sent() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.US_ASCII));
            out.release();
        }
        return text.toString();
    }

    private String argument(int size, long sequence) {
        ByteBuf out = Unpooled.buffer();
        new PlainArguments().write(size, stamp.set(0, sequence, 0), out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void begins() {
        assertThat(sent()).matches("CONNECT \\{.*}\r\nSUB _INBOX\\.\\w+ 1\r\nPING\r\n");
        receive("INFO {\"server_id\":\"x\"}\r\n");
        assertThat(life.welcomed()).isNotDone();
        receive("PONG\r\n");
        assertThat(life.welcomed()).isCompletedWithValue(peer);
    }

    @Test
    void sendsCallsAndEvents() {
        sent();
        peer.call("a.b", 40, stamp.set(0, 7, 0));
        peer.publish("c", 32, stamp.set(0, 8, 0));
        peer.flush();
        assertThat(sent())
                .matches("PUB a\\.b _INBOX\\.\\w+ 40\r\n" + argument(40, 7) + "\r\nPUB c 32\r\n" + argument(32, 8)
                        + "\r\n");
    }

    @Test
    void hearsWhatComesHoweverItIsCut() {
        receive("PONG\r\n");
        CompletableFuture<Void> subscribed = peer.subscribe("t", MatchPolicy.EXACT);
        assertThat(sent()).endsWith("SUB t 2\r\nPING\r\n");
        receive("PONG\r\n");
        assertThat(subscribed).isCompleted();
        String all = "MSG _INBOX.x 1 32\r\n" + argument(32, 5) + "\r\nMSG t 2 100\r\n" + argument(100, 6)
                + "\r\nPING\r\nMSG p 3 _INBOX.y 33\r\n" + argument(33, 7) + "\r\n";
        receive(all);
        all.chars().forEach(octet -> receive(String.valueOf((char) octet)));
        assertThat(heard).containsExactly("answer 5", "event 6 of 2", "call 7", "answer 5", "event 6 of 2", "call 7");
        String answer = "PONG\r\nPUB _INBOX.y 33\r\n" + argument(33, 7) + "\r\n";
        assertThat(sent()).isEqualTo(answer + answer);
    }

    @Test
    void anErrorBreaksIt() {
        receive("PONG\r\n");
        receive("-ERR 'Unknown Protocol Operation'\r\n");
        assertThat(broken).first().asString().contains("Unknown Protocol Operation");
    }
}
