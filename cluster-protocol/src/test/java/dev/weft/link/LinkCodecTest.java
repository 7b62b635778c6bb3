package dev.weft.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.wamp.EventDetails;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class LinkCodecTest {
    private static final int FRAMES = 20_000;

    @Test
    void whatIsEncodedIsDecodedAgain() throws LinkViolation {
        long seed = new SplittableRandom().nextLong();
        SampleFrames samples = new SampleFrames(seed);
        LinkEncoder encoder = new LinkEncoder(5);
        LinkDecoder decoder = new LinkDecoder(5);
        for (int i = 0; i < FRAMES; i++) {
            LinkFrame frame = samples.next();
            ByteBuf bytes = Unpooled.buffer();
            encoder.encode(frame, bytes);
            int length = bytes.readInt();
            assertThat(length).as("length, seed %d", seed).isEqualTo(bytes.readableBytes());
            LinkFrame decoded = decoder.decode(bytes, length);
            assertThat(decoded)
                    .as("frame %d, seed %d", i, seed)
                    .usingRecursiveComparison(byValue())
                    .isEqualTo(frame);
            assertThat(bytes.isReadable()).isFalse();
        }
    }

    static RecursiveComparisonConfiguration byValue() {
        RecursiveComparisonConfiguration byValue = new RecursiveComparisonConfiguration();
        byValue.registerEqualsForType(
                (one, other) -> one.elements() == other.elements()
                        && (one.isEmpty() || one.serializer() == other.serializer())
                        && Arrays.equals(one.bytes(), other.bytes()),
                Payload.class);
        return byValue;
    }

    @Test
    void aNameIsSpeltOutOnce() {
        LinkEncoder encoder = new LinkEncoder(5);
        ByteBuf bytes = Unpooled.buffer();
        encoder.encode(event("com.example.topic"), bytes);
        int first = bytes.writerIndex();
        encoder.encode(event("com.example.topic"), bytes);
        int saved = "realm".length() + "com.example.topic".length() + 2;
        assertThat(bytes.writerIndex() - first).isEqualTo(first - saved);
    }

    @Test
    void whenAllNumbersAreGivenFurtherNamesAreSpeltOut() throws LinkViolation {
        LinkEncoder encoder = new LinkEncoder(5);
        LinkDecoder decoder = new LinkDecoder(5);
        for (int i = 0; i < FrameFormat.MAX_NAMES + 1000; i++) {
            assertThat(topicOf(decoder, encoder, "topic" + i)).isEqualTo("topic" + i);
        }
        assertThat(topicOf(decoder, encoder, "topic0")).isEqualTo("topic0");
        assertThat(topicOf(decoder, encoder, "topic66000")).isEqualTo("topic66000");
    }

    private static String topicOf(LinkDecoder decoder, LinkEncoder encoder, String topic) throws LinkViolation {
        ByteBuf bytes = Unpooled.buffer();
        encoder.encode(event(topic), bytes);
        return ((RoutedEvent) decoder.decode(bytes, bytes.readInt())).topic();
    }

    @Test
    void aPayloadIsAViewOfWhatWasRead() throws LinkViolation {
        ByteBuf bytes = Unpooled.buffer();
        new LinkEncoder(5).encode(event("topic"), bytes);
        RoutedEvent event = (RoutedEvent) new LinkDecoder(5).decode(bytes, bytes.readInt());
        assertThat(event.payload().buffer()).isSameAs(bytes);
    }

    @Test
    void anyBytesGiveAFrameOrAViolation() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[2 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(0x30);
            decodeAnything(new LinkDecoder(5), bytes, seed);
            decodeAnyHandshake(bytes, seed);
        }
    }

    @Test
    void mutatedFramesGiveAFrameOrAViolation() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        SampleFrames samples = new SampleFrames(seed);
        for (int i = 0; i < 50_000; i++) {
            ByteBuf bytes = Unpooled.buffer();
            new LinkEncoder(5).encode(samples.next(), bytes);
            byte[] frame = new byte[bytes.readInt()];
            bytes.readBytes(frame);
            for (int mutation = random.nextInt(3); mutation >= 0; mutation--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            decodeAnything(new LinkDecoder(5), frame, seed);
            int cut = Math.max(2, random.nextInt(frame.length));
            decodeAnything(new LinkDecoder(5), Arrays.copyOf(frame, cut), seed);
        }
    }

    @Test
    void mutatedHandshakesGiveAFrameOrAViolation() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] link = new byte[random.nextBoolean() ? LinkHello.NONCE_BYTES : 0];
            LinkHandshake frame = random.nextBoolean()
                    ? new LinkWelcome(true, random.nextLong() >>> 1)
                    : new LinkHello(
                            new LinkVersions(1, 2),
                            "weft",
                            new NodeId("a", random.nextLong()),
                            new byte[LinkHello.NONCE_BYTES],
                            link);
            ByteBuf bytes = Unpooled.buffer();
            HandshakeCodec.encode(frame, bytes);
            byte[] mutated = new byte[bytes.readInt()];
            bytes.readBytes(mutated);
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            decodeAnyHandshake(Arrays.copyOf(mutated, Math.max(2, random.nextInt(mutated.length + 1))), seed);
        }
    }

    private static void decodeAnything(LinkDecoder decoder, byte[] bytes, long seed) {
        try {
            decoder.decode(Unpooled.wrappedBuffer(bytes), bytes.length);
        } catch (LinkViolation expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException | Error other) {
            fail("seed " + seed + ": " + HexFormat.of().formatHex(bytes), other);
        }
    }

    private static void decodeAnyHandshake(byte[] bytes, long seed) {
        try {
            HandshakeCodec.decode(Unpooled.wrappedBuffer(bytes), bytes.length);
        } catch (LinkViolation expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException | Error other) {
            fail("seed " + seed + ": " + HexFormat.of().formatHex(bytes), other);
        }
    }

    @Test
    void aDeclaredLengthAllocatesNothing() {
        List<String> lies = List.of(
                // An event with 2^31 - 1 subscriptions; strings and lists as long, in a numbered name and outside of
                // one.
                "20 00 01 01 61 01 01 62 01 ff ff ff ff 07",
                "20 00 01 ff ff ff ff 07 61",
                "20 00 00 ff ff ff ff 07 61",
                "20 20 01 01 61 01 01 62 01 00 01 ff ff ff ff 07",
                "20 20 01 01 61 01 01 62 01 00 02 ff ff ff ff 07",
                "20 01 01 01 61 01 01 62 01 00 05 ff ff ff ff 07");
        for (String lie : lies) {
            byte[] bytes = HexFormat.of().parseHex(lie.replace(" ", ""));
            assertThatThrownBy(() -> new LinkDecoder(5).decode(Unpooled.wrappedBuffer(bytes), bytes.length))
                    .as(lie)
                    .isInstanceOf(LinkViolation.class);
        }
    }

    @Test
    void aNodeWithoutANameOrAnAddressIsAViolation() {
        String longest = "n".repeat(HandshakeCodec.MAX_NAME_OCTETS);
        List<NodeLinked> nonsense = List.of(
                new NodeLinked(new NodeId("", 1), "host", 1),
                new NodeLinked(new NodeId(longest + "n", 1), "host", 1),
                new NodeLinked(new NodeId("a", 1), "", 1),
                new NodeLinked(new NodeId("a", 1), longest + "n", 1),
                new NodeLinked(new NodeId("a", 1), "host", 0),
                new NodeLinked(new NodeId("a", 1), "host", 65_536),
                new NodeLinked(new NodeId("a", 1), "host", -1));
        for (NodeLinked linked : nonsense) {
            ByteBuf bytes = Unpooled.buffer();
            new LinkEncoder(5).encode(linked, bytes);
            assertThatThrownBy(() -> new LinkDecoder(5).decode(bytes, bytes.readInt()))
                    .as("%s", linked)
                    .isInstanceOf(LinkViolation.class);
        }
    }

    @Test
    void versionOneHasNoFrameForTheNodesOfOthers() {
        NodeLinked linked = new NodeLinked(new NodeId("a", 1), "host", 1);
        assertThat(new LinkEncoder(1).has(linked)).isFalse();
        ByteBuf bytes = Unpooled.buffer();
        new LinkEncoder(5).encode(linked, bytes);
        assertThatThrownBy(() -> new LinkDecoder(1).decode(bytes, bytes.readInt()))
                .isInstanceOf(LinkViolation.class);
    }

    @Test
    void noVersionBeforeTheFourthHasFramesForLongPollTransports() throws LinkViolation {
        RoutedPollAnswer answer = RoutedPollAnswer.wrong(513, 410, "no");
        assertThat(new LinkEncoder(3).has(answer)).isFalse();
        assertThat(new LinkEncoder(4).has(answer)).isTrue();
        assertThat(new LinkEncoder(3).has(new RoutedKill("r", 1, 1, "x", null))).isTrue();
        ByteBuf bytes = Unpooled.buffer();
        new LinkEncoder(4).encode(answer, bytes);
        ByteBuf again = bytes.copy();
        assertThat(new LinkDecoder(4).decode(again, again.readInt())).isEqualTo(answer);
        assertThatThrownBy(() -> new LinkDecoder(3).decode(bytes, bytes.readInt()))
                .isInstanceOf(LinkViolation.class);
    }

    @Test
    void aHandshakeFrameIsNoFrameOfALink() {
        List<LinkHandshake> handshakes = new ArrayList<>();
        handshakes.add(new LinkWelcome());
        handshakes.add(new LinkProof(new byte[LinkSecret.MAC_BYTES]));
        for (LinkHandshake handshake : handshakes) {
            ByteBuf bytes = Unpooled.buffer();
            HandshakeCodec.encode(handshake, bytes);
            assertThatThrownBy(() -> new LinkDecoder(4).decode(bytes, bytes.readInt()))
                    .isInstanceOf(LinkViolation.class);
        }
    }

    private static RoutedEvent event(String topic) {
        Payload payload = Payload.of(SerializerId.CBOR, 1, new byte[] {1, 2, 3});
        return new RoutedEvent("realm", 1, topic, new long[] {1}, 0, EventDetails.DEFAULT, null, payload);
    }

    @Test
    void overALinkOfAnEarlierVersionATraceIsLeftOut() throws LinkViolation {
        TraceContext trace = new TraceContext(1, 2, 3, true, "a=b");
        RoutedCall call = new RoutedCall("r", 1, 2, 3, 4, false, InvocationDetails.DEFAULT.in(trace), Payload.EMPTY);
        ByteBuf bytes = Unpooled.buffer();
        new LinkEncoder(4).encode(call, bytes);
        RoutedCall decoded = (RoutedCall) new LinkDecoder(4).decode(bytes, bytes.readInt());
        assertThat(decoded.details()).isSameAs(InvocationDetails.DEFAULT);
        assertThat(decoded.call()).isEqualTo(2);

        new LinkEncoder(5).encode(call, bytes);
        assertThatThrownBy(() -> new LinkDecoder(4).decode(bytes, bytes.readInt()))
                .isInstanceOf(LinkViolation.class);
    }

    @Test
    void whatIsNotTheContextOfATraceIsAViolation() {
        List<TraceContext> nonsense = List.of(
                new TraceContext(0, 0, 3, true, null),
                new TraceContext(1, 2, 0, true, null),
                new TraceContext(1, 2, 3, true, "a=" + "b".repeat(TraceContext.MAX_STATE)));
        for (TraceContext trace : nonsense) {
            ByteBuf bytes = Unpooled.buffer();
            new LinkEncoder(5)
                    .encode(
                            new RoutedCall("r", 1, 2, 3, 4, false, InvocationDetails.DEFAULT.in(trace), Payload.EMPTY),
                            bytes);
            assertThatThrownBy(() -> new LinkDecoder(5).decode(bytes, bytes.readInt()))
                    .as("%s", trace)
                    .isInstanceOf(LinkViolation.class);
        }
    }
}
