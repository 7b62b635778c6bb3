package dev.weft.link;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random frames of every type. */
final class SampleFrames {
    private static final long MOST_ID = 1L << 53;

    private final Random random;
    private final List<Supplier<LinkFrame>> kinds = List.of(
            this::event,
            this::call,
            this::result,
            this::error,
            () -> new RoutedCancel(name(), loop(), number(), oneOf(CancelMode.values()), name()),
            () -> new RoutedRefusal(name(), number(), yes(), payload()),
            () -> new InterestAdded(name(), oneOf(MatchPolicy.values()), name(), number()),
            () -> new InterestRemoved(name(), oneOf(MatchPolicy.values()), name(), number()),
            this::calleeAdded,
            () -> new CalleeRemoved(name(), oneOf(MatchPolicy.values()), name(), number(), number()),
            SnapshotEnd::new,
            () -> new SessionJoined(name(), new SessionDetails(identity(), name(), name(), name()), loop()),
            () -> new SessionLeft(name(), number(), yes()),
            () -> new TestamentAdded(name(), number(), oneOf(TestamentScope.values()), testament()),
            () -> new TestamentsFlushed(name(), number(), oneOf(TestamentScope.values())),
            () -> new NodeState(yes(), number()),
            this::nodeLinked,
            this::tableDigest,
            () -> new DigestWanted(oneOf(TableKind.values())),
            () -> new BucketWanted(oneOf(TableKind.values()), bucket()),
            () -> new BucketBegin(oneOf(TableKind.values()), bucket()),
            () -> new BucketEnd(oneOf(TableKind.values()), bucket()),
            () -> new RoutedMembersAsked(name(), loop(), number(), yes(), number()),
            () -> new RoutedMembers(name(), loop(), number(), loop(), number(), numbers(3)),
            () -> new RoutedMemberships(
                    name(), loop(), loop(), oneOf(RoutedMemberships.Kind.values()), number(), numbers(4)),
            () -> new RoutedRevocation(name(), loop(), number(), yes(), number(), text()),
            this::pressure,
            this::poll,
            () -> RoutedPollAnswer.done(number()),
            () -> RoutedPollAnswer.messages(number(), oneOf(SerializerId.values()), octets()),
            () -> RoutedPollAnswer.wrong(number(), 1 + bucket(), text()),
            () -> new RoutedKill(name(), loop(), number(), name(), maybe(this::text)),
            () -> new LinkAck(number()),
            () -> new LinkPing(number()),
            () -> new LinkPong(-number()),
            () -> new LinkGoodbye(oneOf(GoodbyeReason.values())));

    SampleFrames(long seed) {
        random = new Random(seed);
    }

    LinkFrame next() {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private LinkFrame pressure() {
        return new RoutedPressure(name(), yes(), number(), yes(), random.nextInt(1000), random.nextInt(1000));
    }

    private LinkFrame event() {
        long[] subscriptions = random.longs(random.nextInt(4), 1, MOST_ID).toArray();
        EventDetails details = new EventDetails(
                maybe(this::identity),
                maybe(this::name),
                random.nextBoolean(),
                trustlevel(),
                maybe(this::ppt),
                maybe(this::trace));
        long excluded = random.nextBoolean() ? number() : 0;
        return new RoutedEvent(
                name(), number(), name(), subscriptions, excluded, details, maybe(this::receivers), payload());
    }

    private long[] numbers(int count) {
        return random.longs(count, 1, MOST_ID).toArray();
    }

    private LinkFrame call() {
        long timeout = random.nextBoolean() ? number() : 0;
        InvocationDetails details = new InvocationDetails(
                maybe(this::identity),
                maybe(this::name),
                random.nextBoolean(),
                random.nextBoolean(),
                timeout,
                trustlevel(),
                maybe(this::ppt),
                maybe(this::trace));
        return new RoutedCall(
                name(), loop(), random.nextLong(), number(), number(), random.nextBoolean(), details, payload());
    }

    private TraceContext trace() {
        return new TraceContext(random.nextLong(), random.nextLong() | 1, number(), yes(), maybe(() -> "vendor=1"));
    }

    private LinkFrame result() {
        ResultDetails details = new ResultDetails(random.nextBoolean(), maybe(this::ppt));
        return new RoutedResult(name(), number(), details, payload());
    }

    private LinkFrame error() {
        ErrorDetails details = new ErrorDetails(maybe(this::text), maybe(this::ppt));
        return new RoutedError(name(), number(), details, name(), payload());
    }

    private LinkFrame calleeAdded() {
        return new CalleeAdded(
                name(),
                oneOf(MatchPolicy.values()),
                name(),
                oneOf(InvocationPolicy.values()),
                number(),
                number(),
                number(),
                number(),
                loop(),
                new CalleeTraits(yes(), yes(), yes(), yes(), yes()));
    }

    private LinkFrame tableDigest() {
        return new TableDigest(
                oneOf(TableKind.values()), random.longs(TableAudit.BUCKETS).toArray());
    }

    private LinkFrame nodeLinked() {
        String name = "n".repeat(1 + random.nextInt(HandshakeCodec.MAX_NAME_OCTETS));
        return new NodeLinked(new NodeId(name, random.nextLong()), "10.0.0.ä", 1 + random.nextInt(65_535));
    }

    private int bucket() {
        return random.nextInt(TableAudit.BUCKETS);
    }

    private boolean yes() {
        return random.nextBoolean();
    }

    private Testament testament() {
        return new Testament(
                number(),
                name(),
                random.nextBoolean(),
                maybe(this::identity),
                maybe(this::ppt),
                maybe(this::receivers),
                payload());
    }

    private Identity identity() {
        return new Identity(number(), text(), name());
    }

    private Ppt ppt() {
        return new Ppt(name(), maybe(this::name), maybe(this::name), maybe(this::text));
    }

    private ReceiverFilter receivers() {
        return new ReceiverFilter(
                maybe(this::numbers),
                maybe(this::texts),
                maybe(this::texts),
                maybe(this::numbers),
                maybe(this::texts),
                maybe(this::texts));
    }

    private LinkFrame poll() {
        RoutedPoll.Action action = oneOf(RoutedPoll.Action.values());
        byte[] body = action == RoutedPoll.Action.SEND ? octets() : new byte[0];
        return new RoutedPoll(loop(), random.nextLong(), random.nextLong(), number(), action, body);
    }

    private byte[] octets() {
        byte[] octets = new byte[random.nextInt(200)];
        random.nextBytes(octets);
        return octets;
    }

    private Payload payload() {
        int elements = random.nextInt(3);
        if (elements == 0) {
            return Payload.EMPTY;
        }
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        return Payload.of(oneOf(SerializerId.values()), elements, bytes);
    }

    private List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            numbers.add(number());
        }
        return numbers;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    /** Few, so that most come again; some too long to get a number. */
    private String name() {
        int number = random.nextInt(50);
        return number == 0 ? "long.".repeat(100) : "com.example.ä." + number;
    }

    private String text() {
        return random.nextInt(5) == 0 ? "" : "täxt \uD83D\uDE80 " + random.nextInt();
    }

    private long number() {
        return 1 + (long) (random.nextDouble() * (1L << random.nextInt(54)));
    }

    private int loop() {
        return random.nextInt(CallId.MAX_LOOPS);
    }

    private int trustlevel() {
        return random.nextInt(3) - 1;
    }

    private <T> T maybe(Supplier<T> some) {
        return random.nextBoolean() ? some.get() : null;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
