package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.testkit.TraceCollector;
import dev.weft.testkit.TraceCollector.Recorded;
import dev.weft.transport.Framing;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.TraceContext;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a collector is told of publications, and what subscribers are told of traces; over real sockets. */
class TracedPublicationsTest {
    private static final TraceContext SAMPLED = new TraceContext(1, 2, 3, true, "congo=t61r");
    private static final TraceContext UNSAMPLED = new TraceContext(7, 8, 9, false, null);

    @AutoClose
    private final TraceCollector collector = new TraceCollector();

    private static void subscribe(TestClient client, String topic, MatchPolicy match, boolean retained)
            throws IOException {
        client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(match, retained), topic));
        client.expect(Subscribed.class);
    }

    private static void publish(TestClient client, String topic, TraceContext trace, boolean retain)
            throws IOException {
        PublishOptions options = new PublishOptions(true, true, false, retain, null, null, trace);
        client.send(new Publish(client.nextRequest(), options, topic, client.payload("the payload")));
        client.expect(Published.class);
    }

    @Test
    void aPublicationOfASampledTraceHasASpanAndOneForItsSubscribers() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 0"));
                TestClient subscriber = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient publisher = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            subscribe(subscriber, "t.a", MatchPolicy.EXACT, false);
            subscribe(subscriber, "t", MatchPolicy.PREFIX, false);
            publish(publisher, "t.a", SAMPLED, false);
            List<EventDetails> told = List.of(
                    subscriber.expect(Event.class).details(),
                    subscriber.expect(Event.class).details());

            collector.awaitTrace(SAMPLED.traceId(), 2);
            Recorded publish = collector.awaitSpan("PUBLISH t.a");
            Recorded event = collector.awaitSpan("EVENT t.a");
            assertThat(publish.parent()).isEqualTo(SAMPLED.parentId());
            assertThat(publish.kind()).isEqualTo("SPAN_KIND_PRODUCER");
            assertThat(publish.attributes())
                    .containsEntry("wamp.topic", "t.a")
                    .containsEntry("wamp.realm", "realm1")
                    .containsEntry("weft.lanes", "1");
            assertThat(event.parent()).isEqualTo(publish.id());
            assertThat(event.attributes()).containsEntry("weft.receivers", "2");
            assertThat(told).extracting(EventDetails::trace).allSatisfy(trace -> {
                assertThat(trace.traceId()).isEqualTo(SAMPLED.traceId());
                assertThat(trace.parentId()).isEqualTo(event.id());
                assertThat(trace.state()).isEqualTo(SAMPLED.state());
            });
            assertThat(told).extracting(EventDetails::topic).containsExactlyInAnyOrder(null, "t.a");
        }
    }

    @Test
    void whatIsNotSampledIsPassedOnAndWhatIsRetainedIsPartOfNoTraceAfterwards() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 0"));
                TestClient subscriber = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient publisher = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            subscribe(subscriber, "t", MatchPolicy.EXACT, false);
            publish(publisher, "t", UNSAMPLED, true);
            assertThat(subscriber.expect(Event.class).details().trace()).isEqualTo(UNSAMPLED);
            publish(publisher, "t", null, false);
            assertThat(subscriber.expect(Event.class).details()).isEqualTo(EventDetails.DEFAULT);
            publish(publisher, "t", new TraceContext(0, 0, 1, true, null), false);
            assertThat(subscriber.expect(Event.class).details()).isEqualTo(EventDetails.DEFAULT);
            subscribe(subscriber, "t", MatchPolicy.EXACT, true);
            EventDetails old = subscriber.expect(Event.class).details();
            assertThat(old.retained()).isTrue();
            assertThat(old.trace()).isNull();
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void whatNobodyGetsIsTold() throws Exception {
        try (TracedNode node = TracedNode.start(collector.tracing("sample: 1"));
                TestClient publisher = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            publish(publisher, "t.nobody", null, false);
            Recorded publish = collector.awaitSpan("PUBLISH t.nobody");
            assertThat(publish.parent()).isEmpty();
            assertThat(publish.attributes()).containsEntry("wamp.outcome", "unmatched");
        }
    }

    @Test
    @Tag("cluster")
    void aPublicationToSubscribersOfTwoNodesIsOneTrace() throws Exception {
        try (TwoNodes two = TwoNodes.start(TwoNodes.OPEN_REALM + collector.tracing("sample: 0"));
                TestClient here = two.join(0, Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient there = two.join(1, Framing.RAWSOCKET, SerializerId.MSGPACK);
                TestClient publisher = two.join(0, Framing.WEBSOCKET, SerializerId.JSON)) {
            subscribe(here, "t", MatchPolicy.EXACT, false);
            subscribe(there, "t", MatchPolicy.EXACT, false);
            publish(publisher, "t", SAMPLED, false);
            TraceContext toldHere = here.expect(Event.class).details().trace();
            TraceContext toldThere = there.expect(Event.class).details().trace();

            List<Recorded> spans = collector.awaitTrace(SAMPLED.traceId(), 3);
            Recorded publish = collector.awaitSpan("PUBLISH t");
            assertThat(publish.parent()).isEqualTo(SAMPLED.parentId());
            assertThat(publish.resource()).containsEntry("service.instance.id", "node-1");
            assertThat(spans)
                    .filteredOn(span -> span.name().equals("EVENT t"))
                    .allSatisfy(event -> assertThat(event.parent()).isEqualTo(publish.id()))
                    .anySatisfy(event -> {
                        assertThat(event.resource()).containsEntry("service.instance.id", "node-1");
                        assertThat(event.id()).isEqualTo(toldHere.parentId());
                    })
                    .anySatisfy(event -> {
                        assertThat(event.resource()).containsEntry("service.instance.id", "node-2");
                        assertThat(event.id()).isEqualTo(toldThere.parentId());
                    });
            assertThat(toldThere.state()).isEqualTo(SAMPLED.state());
        }
    }
}
