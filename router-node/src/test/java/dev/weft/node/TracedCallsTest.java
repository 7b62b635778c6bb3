package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.testkit.TraceCollector;
import dev.weft.testkit.TraceCollector.Recorded;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a collector is told of calls, and what callees are told of traces; over real sockets. */
class TracedCallsTest {
    private static final TraceContext SAMPLED =
            new TraceContext(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, true, "congo=t61r,rojo=1");
    private static final TraceContext UNSAMPLED = new TraceContext(7, 8, 9, false, "congo=1");

    @AutoClose
    private final TraceCollector collector = new TraceCollector();

    private static void register(TestClient callee, String procedure, MatchPolicy match) throws IOException {
        RegisterOptions options = new RegisterOptions(match, InvocationPolicy.SINGLE, false, false, 0);
        callee.send(new Register(callee.nextRequest(), options, procedure));
        callee.expect(Registered.class);
    }

    private static CallOptions in(TraceContext trace) {
        return new CallOptions(false, false, 0, false, null, trace);
    }

    private static void call(TestClient caller, CallOptions options, String procedure, Object... args)
            throws IOException {
        caller.send(new Call(caller.nextRequest(), options, procedure, caller.payload(args)));
    }

    /** Calls, has the call answered, and returns what the callee was told. */
    private static InvocationDetails answered(TestClient caller, TestClient callee, CallOptions options, String uri)
            throws IOException {
        call(caller, options, uri, "the payload");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload("the result")));
        caller.expect(Result.class);
        return invocation.details();
    }

    @Test
    void aCallOfASampledTraceHasASpanAtEachEndAndTheCalleeIsToldOfTheSecond() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 0, service-name: shop, attributes: [a.b=c]"
                        + ", headers: [{name: x-key, value: the-secret}]"));
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "com.example", MatchPolicy.PREFIX);
            InvocationDetails told = answered(caller, callee, in(SAMPLED), "com.example.add");

            collector.awaitTrace(SAMPLED.traceId(), 2);
            Recorded call = collector.awaitSpan("CALL com.example.add");
            Recorded invocation = collector.awaitSpan("INVOCATION com.example.add");
            assertThat(call.parent()).isEqualTo(SAMPLED.parentId());
            assertThat(call.kind()).isEqualTo("SPAN_KIND_SERVER");
            assertThat(call.state()).isEqualTo(SAMPLED.state());
            assertThat(call.failed()).isFalse();
            assertThat(call.attributes())
                    .containsOnly(
                            Map.entry("rpc.system", "wamp"),
                            Map.entry("wamp.realm", "realm1"),
                            Map.entry("wamp.procedure", "com.example.add"),
                            Map.entry("wamp.outcome", "result"));
            assertThat(call.resource())
                    .containsEntry("service.name", "shop")
                    .containsEntry("service.instance.id", "alone")
                    .containsEntry("a.b", "c");
            assertThat(invocation.parent()).isEqualTo(call.id());
            assertThat(invocation.kind()).isEqualTo("SPAN_KIND_CLIENT");
            assertThat(told.trace()).isNotNull();
            assertThat(told.trace().traceId()).isEqualTo(SAMPLED.traceId());
            assertThat(told.trace().parentId()).isEqualTo(invocation.id());
            assertThat(told.trace().sampled()).isTrue();
            assertThat(told.trace().state()).isEqualTo(SAMPLED.state());
            assertThat(collector.headers())
                    .allSatisfy(headers -> assertThat(headers.get("X-key")).containsExactly("the-secret"));
            assertThat(collector.bodies())
                    .allSatisfy(body -> assertThat(new String(body, StandardCharsets.ISO_8859_1))
                            .doesNotContain("the payload", "the result", "the-secret"));
        }
    }

    @Test
    void whatIsDrawnBeginsATrace() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            InvocationDetails told = answered(caller, callee, CallOptions.DEFAULT, "p.q");
            Recorded call = collector.awaitSpan("CALL p.q");
            assertThat(call.parent()).isEmpty();
            assertThat(told.trace().traceId()).isEqualTo(call.trace());
            assertThat(told.trace().parentId())
                    .isEqualTo(collector.awaitSpan("INVOCATION p.q").id());
        }
    }

    @Test
    void howACallEndsIsTold() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            call(caller, CallOptions.DEFAULT, "p.nobody");
            caller.expect(ErrorMessage.class);
            register(callee, "p", MatchPolicy.PREFIX);
            call(caller, CallOptions.DEFAULT, "p.fails");
            long failing = callee.expect(Invocation.class).request();
            callee.send(new ErrorMessage(
                    MessageType.INVOCATION, failing, ErrorDetails.DEFAULT, "com.example.broken", Payload.EMPTY));
            caller.expect(ErrorMessage.class);
            call(caller, new CallOptions(false, false, 50, false, null), "p.slow");
            callee.expect(Invocation.class);
            callee.expect(Interrupt.class);
            caller.expect(ErrorMessage.class);
            long canceled = caller.nextRequest();
            caller.send(new Call(canceled, CallOptions.DEFAULT, "p.canceled", Payload.EMPTY));
            callee.expect(Invocation.class);
            caller.send(new Cancel(canceled, CancelMode.KILLNOWAIT));
            caller.expect(ErrorMessage.class);
            callee.expect(Interrupt.class);
            call(caller, CallOptions.DEFAULT, "p.left");
            callee.expect(Invocation.class);
            callee.leave();
            caller.expect(ErrorMessage.class);

            assertEnd("CALL p.nobody", "no_such_procedure", "wamp.error.no_such_procedure");
            assertEnd("CALL p.fails", "error", "com.example.broken");
            assertEnd("INVOCATION p.fails", "error", "com.example.broken");
            assertEnd("CALL p.slow", "timeout", "wamp.error.timeout");
            assertEnd("INVOCATION p.slow", "error", "wamp.error.timeout");
            assertEnd("CALL p.canceled", "canceled", "wamp.error.canceled");
            assertEnd("INVOCATION p.canceled", "error", "wamp.error.canceled");
            assertEnd("CALL p.left", "error", "wamp.error.canceled");
            assertEnd("INVOCATION p.left", "error", "wamp.error.canceled");
        }
    }

    @Test
    void howManyCalleesRefusedIsTold() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient busy = node.join(Framing.RAWSOCKET, SerializerId.CBOR, "call_reroute");
                TestClient free = node.join(Framing.RAWSOCKET, SerializerId.MSGPACK, "call_reroute");
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            RegisterOptions first = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.FIRST, false, false, 0);
            for (TestClient callee : List.of(busy, free)) {
                callee.send(new Register(callee.nextRequest(), first, "p.q"));
                callee.expect(Registered.class);
            }
            call(caller, CallOptions.DEFAULT, "p.q");
            long refused = busy.expect(Invocation.class).request();
            busy.send(new ErrorMessage(
                    MessageType.INVOCATION, refused, ErrorDetails.DEFAULT, "wamp.error.unavailable", Payload.EMPTY));
            long taken = free.expect(Invocation.class).request();
            free.send(new Yield(taken, YieldOptions.DEFAULT, Payload.EMPTY));
            caller.expect(Result.class);
            assertThat(collector.awaitSpan("CALL p.q").attributes()).containsEntry("wamp.refusals", "1");
        }
    }

    private void assertEnd(String name, String outcome, String error) {
        Recorded span = collector.awaitSpan(name);
        assertThat(span.failed()).as(name).isTrue();
        assertThat(span.attributes())
                .as(name)
                .containsEntry("wamp.outcome", outcome)
                .containsEntry("wamp.error", error);
    }

    @Test
    void whatIsNotSampledIsPassedOnAsItCameAndNotRecorded() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            assertThat(answered(caller, callee, in(UNSAMPLED), "p.q").trace()).isEqualTo(UNSAMPLED);
            call(caller, CallOptions.DEFAULT, "p.after");
            caller.expect(ErrorMessage.class);
            collector.awaitSpan("CALL p.after");
            assertThat(collector.spans()).hasSize(1);
        }
    }

    @Test
    void aMalformedContextIsIgnoredAndNotPassedOn() throws Exception {
        List<TraceContext> malformed =
                List.of(new TraceContext(0, 0, 5, true, null), new TraceContext(1, 2, 0, true, "a=b"));
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 0"));
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            for (TraceContext context : malformed) {
                assertThat(answered(caller, callee, in(context), "p.q"))
                        .as("%s", context)
                        .isEqualTo(InvocationDetails.DEFAULT);
            }
            TraceContext badState = new TraceContext(1, 2, 3, true, "NO=1");
            assertThat(answered(caller, callee, in(badState), "p.q").trace().state())
                    .isNull();
            collector.awaitTrace(badState.traceId(), 2);
            assertThat(collector.spans()).hasSize(2);
        }
    }

    @Test
    void withoutTracingACalleeIsToldWhatTheCallerSaid() throws Exception {
        try (TracedNode node = TracedNode.start("");
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            assertThat(answered(caller, callee, in(SAMPLED), "p.q").trace()).isEqualTo(SAMPLED);
            assertThat(answered(caller, callee, CallOptions.DEFAULT, "p.q")).isEqualTo(InvocationDetails.DEFAULT);
            assertThat(node.metrics("text/plain"))
                    .contains("weft_trace_spans_total{outcome=\"exported\"} 0.0")
                    .contains("weft_trace_spans_total{outcome=\"refused\"} 0.0");
        }
        assertThat(collector.headers()).isEmpty();
    }

    @Test
    void aCollectorThatIsNotThereCostsSpansAndNothingElse() throws Exception {
        int nobody = LocalPorts.free(1).get(0);
        String tracing =
                "tracing: {endpoint: \"http://127.0.0.1:" + nobody + "/v1/traces\", sample: 1, timeout: 300ms}\n";
        try (TracedNode node = TracedNode.start(tracing);
                TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            for (int i = 0; i < 20; i++) {
                answered(caller, callee, CallOptions.DEFAULT, "p.q");
            }
            await().until(() ->
                    node.metrics("text/plain").contains("weft_trace_spans_total{outcome=\"refused\"} 40.0"));
            answered(caller, callee, CallOptions.DEFAULT, "p.q");
        }
    }

    @Test
    void whatHasEndedIsExportedWhenTheNodeStops() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            call(caller, CallOptions.DEFAULT, "p.last");
            caller.expect(ErrorMessage.class);
        }
        assertThat(collector.spans()).extracting(Recorded::name).containsExactly("CALL p.last");
    }

    @Test
    @Tag("cluster")
    void aCallAcrossTwoNodesIsOneTrace() throws Exception {
        String config = TwoNodes.OPEN_REALM + collector.tracing("sample: 0");
        try (TwoNodes two = TwoNodes.start(config);
                TestClient callee = two.join(1, Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = two.join(0, Framing.WEBSOCKET, SerializerId.JSON)) {
            register(callee, "p.q", MatchPolicy.EXACT);
            InvocationDetails told = answered(caller, callee, in(SAMPLED), "p.q");
            collector.awaitTrace(SAMPLED.traceId(), 2);
            Recorded call = collector.awaitSpan("CALL p.q");
            Recorded invocation = collector.awaitSpan("INVOCATION p.q");
            assertThat(call.parent()).isEqualTo(SAMPLED.parentId());
            assertThat(call.resource()).containsEntry("service.instance.id", "node-1");
            assertThat(invocation.parent()).isEqualTo(call.id());
            assertThat(invocation.resource()).containsEntry("service.instance.id", "node-2");
            assertThat(told.trace().parentId()).isEqualTo(invocation.id());
            assertThat(told.trace().state()).isEqualTo(SAMPLED.state());

            assertThat(answered(caller, callee, in(UNSAMPLED), "p.q").trace()).isEqualTo(UNSAMPLED);
            assertThat(answered(caller, callee, CallOptions.DEFAULT, "p.q")).isEqualTo(InvocationDetails.DEFAULT);
        }
    }
}
