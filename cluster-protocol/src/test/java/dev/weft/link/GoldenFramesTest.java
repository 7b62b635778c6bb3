package dev.weft.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.TestamentScope;
import dev.weft.wamp.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes of each version, which must not change: {@code frames/v1} has a file for each type of frame of version 1,
 * {@code frames/v2} and so on for each that the version added or changed, each with what was sent on a fresh link.
 */
class GoldenFramesTest {
    private static final Ppt PPT = new Ppt("wamp", "cbor", null, "key1");
    private static final Identity JOE = new Identity(4711, "joe", "user");
    private static final Payload PAYLOAD = Payload.of(SerializerId.MSGPACK, 1, new byte[] {(byte) 0x91, 0x2A});
    private static final Payload BOTH =
            Payload.of(SerializerId.JSON, 2, "[],{\"a\":1}".getBytes(StandardCharsets.US_ASCII));

    /** @param file below {@code frames}, which begins with the version */
    private record Golden(String file, List<? extends LinkFrame> frames) {
        private int version() {
            return file.charAt(1) - '0';
        }
    }

    private static final List<Golden> LINK = List.of(
            new Golden("v1/ack", List.of(new LinkAck(300))),
            new Golden("v1/ping", List.of(new LinkPing(1))),
            new Golden("v1/pong", List.of(new LinkPong(-1))),
            new Golden("v1/goodbye", List.of(new LinkGoodbye(GoodbyeReason.LEAVING))),
            new Golden(
                    "v1/interest-added",
                    List.of(
                            new InterestAdded("r", MatchPolicy.EXACT, "a.b", 1),
                            new InterestAdded("r", MatchPolicy.WILDCARD, "a..b", 2))),
            new Golden("v1/interest-removed", List.of(new InterestRemoved("r", MatchPolicy.PREFIX, "a.b", 1))),
            new Golden(
                    "v1/callee-added",
                    List.of(new CalleeAdded(
                            "r",
                            MatchPolicy.PREFIX,
                            "a.b",
                            InvocationPolicy.ROUNDROBIN,
                            9,
                            128,
                            4711,
                            0,
                            3,
                            CalleeTraits.NONE))),
            new Golden("v1/callee-removed", List.of(new CalleeRemoved("r", MatchPolicy.EXACT, "a.b", 9, 4711))),
            new Golden("v1/snapshot-end", List.of(new SnapshotEnd())),
            new Golden(
                    "v1/event",
                    List.of(
                            new RoutedEvent(
                                    "r", 1L << 53, "a.b", new long[] {1, 2}, 0, EventDetails.DEFAULT, null, PAYLOAD),
                            new RoutedEvent(
                                    "r",
                                    5,
                                    "a.b",
                                    new long[] {1},
                                    4711,
                                    new EventDetails(JOE, "a.b", true, 2, PPT),
                                    new ReceiverFilter(List.of(1L), null, List.of("x"), null, List.of(), null),
                                    Payload.EMPTY))),
            new Golden(
                    "v1/call",
                    List.of(
                            new RoutedCall("r", 1, 257, 4711, 9, false, InvocationDetails.DEFAULT, BOTH),
                            new RoutedCall(
                                    "r",
                                    1,
                                    257,
                                    4711,
                                    9,
                                    true,
                                    new InvocationDetails(JOE, "a.b", true, true, 1000, 0, PPT),
                                    Payload.EMPTY))),
            new Golden("v1/cancel", List.of(new RoutedCancel("r", 1, 257, CancelMode.KILL, "wamp.error.canceled"))),
            new Golden(
                    "v1/result",
                    List.of(
                            new RoutedResult("r", 257, ResultDetails.DEFAULT, PAYLOAD),
                            new RoutedResult("r", 257, new ResultDetails(true, PPT), Payload.EMPTY))),
            new Golden(
                    "v1/error", List.of(new RoutedError("r", 257, new ErrorDetails("no", PPT), "com.error", PAYLOAD))),
            new Golden("v1/refusal", List.of(new RoutedRefusal("r", 257, false, PAYLOAD))));

    private static final List<Golden> SINCE_2 = List.of(
            new Golden(
                    "v2/callee-added",
                    List.of(new CalleeAdded(
                            "r",
                            MatchPolicy.PREFIX,
                            "a.b",
                            InvocationPolicy.ROUNDROBIN,
                            9,
                            128,
                            4711,
                            5,
                            3,
                            CalleeTraits.NONE))),
            new Golden(
                    "v2/session-joined",
                    List.of(new SessionJoined("r", new SessionDetails(JOE, "ticket", "static", "websocket"), 3))),
            new Golden("v2/session-left", List.of(new SessionLeft("r", 4711, true))),
            new Golden(
                    "v2/testament-added",
                    List.of(
                            new TestamentAdded("r", 4711, TestamentScope.DETACHED, testament(PAYLOAD)),
                            new TestamentAdded(
                                    "r",
                                    4711,
                                    TestamentScope.DESTROYED,
                                    new Testament(
                                            6,
                                            "a.b",
                                            true,
                                            JOE,
                                            PPT,
                                            new ReceiverFilter(null, null, null, List.of(2L), null, null),
                                            Payload.EMPTY)))),
            new Golden("v2/testaments-flushed", List.of(new TestamentsFlushed("r", 4711, TestamentScope.DESTROYED))),
            new Golden("v2/node-state", List.of(new NodeState(true, 300))),
            new Golden("v2/node-linked", List.of(new NodeLinked(new NodeId("b", 1), "10.0.0.2", 7946))),
            new Golden("v2/table-digest", List.of(new TableDigest(TableKind.CALLEES, buckets()))),
            new Golden("v2/digest-wanted", List.of(new DigestWanted(TableKind.CALLEES))),
            new Golden("v2/bucket-wanted", List.of(new BucketWanted(TableKind.SESSIONS, 63))),
            new Golden("v2/bucket-begin", List.of(new BucketBegin(TableKind.INTEREST, 0))),
            new Golden("v2/bucket-end", List.of(new BucketEnd(TableKind.CALLEES, 1))),
            new Golden(
                    "v2/kill",
                    List.of(
                            new RoutedKill("r", 3, 4711, "wamp.close.killed", null),
                            new RoutedKill("r", 3, 4711, "wamp.close.killed", "no"))));
    private static final List<Golden> SINCE_3 = List.of(
            new Golden(
                    "v3/members-asked",
                    List.of(
                            new RoutedMembersAsked("r", 1, 300, false, 9),
                            new RoutedMembersAsked("r", 1, 301, true, 8))),
            new Golden("v3/members", List.of(new RoutedMembers("r", 1, 300, 2, 1000, new long[] {4711, 1}))),
            new Golden(
                    "v3/memberships",
                    List.of(
                            memberships(RoutedMemberships.Kind.PRESENT, 0),
                            memberships(RoutedMemberships.Kind.LAST_LEFT, 300))),
            new Golden(
                    "v3/pressure",
                    List.of(
                            new RoutedPressure("r", false, 9, false, 300, 200),
                            new RoutedPressure("r", true, 8, true, 0, 0))),
            new Golden("v3/revocation", List.of(new RoutedRevocation("r", 3, 4711, true, 9, "no"))),
            new Golden(
                    "v3/callee-added",
                    List.of(new CalleeAdded(
                            "r",
                            MatchPolicy.PREFIX,
                            "a.b",
                            InvocationPolicy.ROUNDROBIN,
                            9,
                            128,
                            4711,
                            5,
                            3,
                            new CalleeTraits(true, false, false, true, true)))),
            new Golden("v3/refusal", List.of(new RoutedRefusal("r", 257, true, PAYLOAD))));

    private static final List<Golden> SINCE_4 = List.of(
            new Golden(
                    "v4/poll",
                    List.of(
                            new RoutedPoll(3, 1, -2, 513, RoutedPoll.Action.RECEIVE, new byte[0]),
                            new RoutedPoll(
                                    3, 1, -2, 769, RoutedPoll.Action.SEND, "[6]".getBytes(StandardCharsets.US_ASCII)))),
            new Golden(
                    "v4/poll-answer",
                    List.of(
                            RoutedPollAnswer.done(769),
                            RoutedPollAnswer.messages(
                                    513, SerializerId.JSON, "[3]".getBytes(StandardCharsets.US_ASCII)),
                            RoutedPollAnswer.wrong(513, 410, "no"))));

    private static final TraceContext TRACE = new TraceContext(1, -2, 3, true, "a=b");

    private static final List<Golden> SINCE_5 = List.of(
            new Golden(
                    "v5/traced-event",
                    List.of(new RoutedEvent(
                            "r", 5, "a.b", new long[] {1}, 4711, EventDetails.DEFAULT.in(TRACE), null, PAYLOAD))),
            new Golden(
                    "v5/traced-call",
                    List.of(
                            new RoutedCall("r", 1, 257, 4711, 9, false, InvocationDetails.DEFAULT.in(TRACE), BOTH),
                            new RoutedCall(
                                    "r",
                                    1,
                                    257,
                                    4711,
                                    9,
                                    true,
                                    new InvocationDetails(
                                            null,
                                            null,
                                            false,
                                            false,
                                            1000,
                                            -1,
                                            null,
                                            new TraceContext(1, 0, 3, false, null)),
                                    Payload.EMPTY))));

    private static final List<Golden> HANDSHAKE = List.of(
            new Golden("v1/hello", List.of(hello("a", 1, (byte) 0xC0), hello("b", -1, (byte) 0xA0))),
            new Golden("v2/hello", List.of(hello2("a", 1, (byte) 0xC0, true), hello2("b", -1, (byte) 0xA0, false))),
            new Golden("v1/proof", List.of(proof(LinkSecret.Part.CONNECTOR), proof(LinkSecret.Part.ACCEPTOR))),
            new Golden("v1/welcome", List.of(new LinkWelcome())),
            new Golden("v2/welcome", List.of(new LinkWelcome(true, 300), new LinkWelcome())),
            new Golden("v1/reject", List.of(new LinkReject(RejectReason.SECRET))));

    private static Testament testament(Payload payload) {
        return new Testament(5, "a.b", false, null, null, null, payload);
    }

    private static RoutedMemberships memberships(RoutedMemberships.Kind kind, long sequence) {
        return new RoutedMemberships("r", 1, 2, kind, sequence, new long[] {9, 4711});
    }

    /** The first bucket has 1, the last -1, and all between nothing. */
    private static long[] buckets() {
        long[] buckets = new long[TableAudit.BUCKETS];
        buckets[0] = 1;
        buckets[TableAudit.BUCKETS - 1] = -1;
        return buckets;
    }

    private static Stream<Golden> all() {
        return Stream.of(LINK, SINCE_2, SINCE_3, SINCE_4, SINCE_5, HANDSHAKE).flatMap(List::stream);
    }

    private static LinkHello hello(String name, long epoch, byte nonce) {
        return new LinkHello(new LinkVersions(1, 1), "weft", new NodeId(name, epoch), nonce(nonce));
    }

    private static LinkHello hello2(String name, long epoch, byte nonce, boolean resumes) {
        byte[] link = resumes ? nonce((byte) 0xB0) : new byte[0];
        return new LinkHello(new LinkVersions(1, 2), "weft", new NodeId(name, epoch), nonce(nonce), link);
    }

    private static byte[] nonce(byte octet) {
        byte[] nonce = new byte[LinkHello.NONCE_BYTES];
        Arrays.fill(nonce, octet);
        return nonce;
    }

    /** The proofs that follow the hellos of {@code hello.hex}, with the secret "secret". */
    private static LinkProof proof(LinkSecret.Part part) {
        LinkSecret secret = new LinkSecret("secret".getBytes(StandardCharsets.US_ASCII));
        return new LinkProof(secret.proof(part, frame(hello("a", 1, (byte) 0xC0)), frame(hello("b", -1, (byte) 0xA0))));
    }

    private static byte[] frame(LinkHello hello) {
        ByteBuf out = Unpooled.buffer();
        HandshakeCodec.encode(hello, out);
        return ByteBufUtil.getBytes(out, Integer.BYTES, out.readableBytes() - Integer.BYTES);
    }

    @TestFactory
    Stream<DynamicTest> eachFrameHasItsGoldenBytes() {
        return all().map(golden -> DynamicTest.dynamicTest(golden.file(), () -> {
            LinkEncoder encoder = new LinkEncoder(golden.version());
            ByteBuf out = Unpooled.buffer();
            golden.frames().forEach(frame -> encoder.encode(frame, out));
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(bytes(golden.file()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> goldenBytesAreUnderstood() {
        return all().map(golden -> DynamicTest.dynamicTest(golden.file(), () -> {
            LinkDecoder decoder = new LinkDecoder(golden.version());
            ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes(golden.file())));
            for (LinkFrame frame : golden.frames()) {
                int length = in.readInt();
                LinkFrame decoded =
                        frame instanceof LinkHandshake ? HandshakeCodec.decode(in, length) : decoder.decode(in, length);
                assertThat(decoded)
                        .usingRecursiveComparison(LinkCodecTest.byValue())
                        .isEqualTo(frame);
            }
            assertThat(in.isReadable()).isFalse();
        }));
    }

    /** The hexadecimal digits of a file, without blanks and comments. */
    private static String bytes(String file) throws IOException {
        try (InputStream in = GoldenFramesTest.class.getResourceAsStream("/frames/" + file + ".hex")) {
            assertThat(in).as(file).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("#.*", "").replaceAll("\\s", "");
        }
    }
}
