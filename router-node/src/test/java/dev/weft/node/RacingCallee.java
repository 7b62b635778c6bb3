package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A callee that is invoked once with each id, and interrupted at most once for each, and after it. It answers with what it was called with. */
final class RacingCallee implements AutoCloseable {
    private final TestClient client;
    private final Set<Long> invoked = new HashSet<>();
    private final Set<Long> interrupted = new HashSet<>();

    RacingCallee(TestClient client) {
        this.client = client;
    }

    TestClient client() {
        return client;
    }

    int interrupts() {
        return interrupted.size();
    }

    long register(String procedure, RegisterOptions options) throws IOException {
        client.send(new Register(client.nextRequest(), options, procedure));
        return client.expect(Registered.class).registration();
    }

    /** The next message that is no INTERRUPT. */
    WampMessage receive() throws IOException {
        WampMessage message = client.receive();
        while (message instanceof Interrupt interrupt) {
            assertThat(invoked).as("ids of invocations").contains(interrupt.request());
            assertThat(interrupted.add(interrupt.request()))
                    .as("%s is the first", interrupt)
                    .isTrue();
            message = client.receive();
        }
        if (message instanceof Invocation invocation) {
            assertThat(invoked.add(invocation.request()))
                    .as("%s is the first", invocation)
                    .isTrue();
        }
        return message;
    }

    List<Invocation> takeInvocations(int count) throws IOException {
        List<Invocation> taken = new ArrayList<>();
        while (taken.size() < count) {
            WampMessage message = receive();
            assertThat(message).isInstanceOf(Invocation.class);
            taken.add((Invocation) message);
        }
        return taken;
    }

    void answer(Invocation invocation) throws IOException {
        client.send(new Yield(
                invocation.request(),
                YieldOptions.DEFAULT,
                client.payload(client.args(invocation).toArray())));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
