package dev.weft.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.SimulatedClient;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Payload passthru mode with its violations, on two nodes of two event loops, and between all serializers. */
class PayloadPassthruTest {
    private static final Map<String, Object> PASSTHRU =
            Map.of("payload_passthru_mode", true, "call_canceling", true, "progressive_call_results", true);
    private static final Ppt PPT = new Ppt("wamp", "cbor", "aes256gcm", "0x01");
    private static final CallOptions CALL = new CallOptions(false, false, 0, false, PPT);
    private static final PublishOptions PUBLISH = new PublishOptions(true, true, false, false, null, PPT);

    /** What begins like a text in JSON's binary convention, and what is no UTF-8. */
    private static final byte[] OPAQUE = {0, 'A', 'Q', '=', '=', (byte) 0xff, (byte) 0xc0, 0x1e, '"', '\\', 0};

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(7), 2, SessionLimits.DEFAULT);

    private SimulatedClient join(int node, int loop, SerializerId serializer, Map<String, Object> features) {
        return new SimulatedClient(cluster, node, loop, serializer, features);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(SerializerId.values())
                .flatMap(one -> Stream.of(SerializerId.values())
                        .flatMap(other -> Stream.of(0, 1).map(node -> Arguments.of(one, other, node))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theOpaquePayloadAndItsAttributesArriveAsTheyAre(SerializerId one, SerializerId other, int node) {
        SimulatedClient here = join(0, 0, one, PASSTHRU);
        SimulatedClient there = join(node, 1, other, PASSTHRU);
        there.registers("p.q", RegisterOptions.DEFAULT);
        there.says(new Subscribe(there.next(), SubscribeOptions.DEFAULT, "t"));
        there.take(Subscribed.class);

        here.says(new Publish(here.next(), PUBLISH, "t", here.payload((Object) OPAQUE)));
        here.take(Published.class);
        Event event = there.take(Event.class);
        assertThat(event.details().ppt()).isEqualTo(PPT);
        assertThat(there.args(event)).containsExactly((Object) OPAQUE);

        here.calls("p.q", CALL, (Object) OPAQUE);
        Invocation invocation = there.take(Invocation.class);
        assertThat(invocation.details().ppt()).isEqualTo(PPT);
        assertThat(there.args(invocation)).containsExactly((Object) OPAQUE);
        there.says(new Yield(invocation.request(), new YieldOptions(false, PPT), there.payload((Object) OPAQUE)));
        Result result = here.take(Result.class);
        assertThat(result.details().ppt()).isEqualTo(PPT);
        assertThat(here.args(result)).containsExactly((Object) OPAQUE);

        here.calls("p.q", CALL, (Object) OPAQUE);
        there.says(new ErrorMessage(
                MessageType.INVOCATION,
                there.take(Invocation.class).request(),
                new ErrorDetails(null, PPT),
                "com.example.failed",
                there.payload((Object) OPAQUE)));
        ErrorMessage error = here.take(ErrorMessage.class);
        assertThat(error.details().ppt()).isEqualTo(PPT);
        assertThat(here.args(error)).containsExactly((Object) OPAQUE);
    }

    @Test
    void whoHasNotAnnouncedItAndUsesItBreaksTheProtocol() {
        List<Function<SimulatedClient, WampMessage>> uses = List.of(
                client -> new Call(client.next(), CALL, "p.q", Payload.EMPTY),
                client -> new Publish(client.next(), PUBLISH, "t", Payload.EMPTY),
                client -> new Yield(1, new YieldOptions(false, PPT), Payload.EMPTY),
                client ->
                        new ErrorMessage(MessageType.INVOCATION, 1, new ErrorDetails(null, PPT), "a.b", Payload.EMPTY));
        for (Function<SimulatedClient, WampMessage> use : uses) {
            SimulatedClient client = join(0, 0, SerializerId.JSON, Map.of());
            client.says(use.apply(client));
            assertThat(client.take(Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
            assertThat(client.connection().isClosed()).isTrue();
        }
    }

    @Test
    void aSchemeThatSaysNothingDoesNotTurnItOn() {
        SimulatedClient client = join(0, 0, SerializerId.JSON, Map.of());
        client.says(new Publish(
                client.next(),
                new PublishOptions(true, true, false, false, null, new Ppt("", null, null, null)),
                "t",
                Payload.EMPTY));
        client.take(Published.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aCalleeThatHasNotAnnouncedItIsNotCalled(int node) {
        SimulatedClient caller = join(0, 0, SerializerId.JSON, PASSTHRU);
        SimulatedClient callee = join(node, 1, SerializerId.JSON, Map.of());
        callee.registers("p.q", RegisterOptions.DEFAULT);
        caller.calls("p.q", CALL, (Object) OPAQUE);
        assertThat(caller.takeError()).isEqualTo("wamp.error.feature_not_supported");
        callee.gotNothing();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aCallerThatHasNotAnnouncedItGetsAnErrorForSuchAResult(boolean progress) {
        SimulatedClient caller = join(0, 0, SerializerId.JSON, Map.of());
        SimulatedClient callee = join(1, 1, SerializerId.CBOR, PASSTHRU);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        caller.calls("p.q", new CallOptions(true, false, 0, false, null));
        Invocation invocation = callee.take(Invocation.class);
        callee.says(new Yield(invocation.request(), new YieldOptions(progress, PPT), callee.payload((Object) OPAQUE)));
        assertThat(caller.takeError()).isEqualTo("wamp.error.feature_not_supported");
        if (progress) {
            callee.take(Interrupt.class);
        }
        callee.gotNothing();
        assertThat(callee.connection().isClosed()).isFalse();
    }

    @Test
    void aCallerThatHasNotAnnouncedItGetsTheErrorWithoutItsPayload() {
        SimulatedClient caller = join(0, 0, SerializerId.JSON, Map.of());
        SimulatedClient callee = join(1, 1, SerializerId.CBOR, PASSTHRU);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        caller.calls("p.q", CallOptions.DEFAULT);
        callee.says(new ErrorMessage(
                MessageType.INVOCATION,
                callee.take(Invocation.class).request(),
                new ErrorDetails("why", PPT),
                "com.example.failed",
                callee.payload((Object) OPAQUE)));
        ErrorMessage error = caller.take(ErrorMessage.class);
        assertThat(error.error()).isEqualTo("com.example.failed");
        assertThat(error.details()).isEqualTo(new ErrorDetails("why", null));
        assertThat(error.payload().isEmpty()).isTrue();
    }
}
