package dev.weft.link;

import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.TestamentScope;
import dev.weft.wamp.TraceContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one direction of one link from bytes; the counterpart of {@link LinkEncoder}.
 * Any bytes give a frame or a {@link LinkViolation}, at a cost in proportion to their number. Not thread-safe.
 */
public final class LinkDecoder {
    private static final CancelMode[] CANCEL_MODES = CancelMode.values();
    private static final TestamentScope[] SCOPES = TestamentScope.values();
    /** So that the sum over all nodes is a number, too. */
    private static final int MOST_RECEIVERS = 1 << 24;

    private static final long[] NO_SUBSCRIPTIONS = {};

    private final FrameReader reader = new FrameReader();
    private final TableDecoder tables;
    private final int version;

    /** @param version of the protocol, agreed on by both sides */
    public LinkDecoder(int version) {
        this.version = version;
        this.tables = new TableDecoder(reader, version);
    }

    /**
     * Reads a frame of {@code length} octets, type and flags included, from the reader index on. All of them must be
     * there. A payload in the frame is a view of {@code in}. After a violation no further frame can be read.
     */
    public LinkFrame decode(ByteBuf in, int length) throws LinkViolation {
        reader.begin(in, length);
        try {
            FrameType type = FrameType.of(reader.octet(), version);
            return frame(type, reader.octet());
        } finally {
            reader.done();
        }
    }

    private LinkFrame frame(FrameType type, int flags) throws LinkViolation {
        return switch (type) {
            case EVENT -> event(known(flags, FrameFormat.EVENT_FLAGS), null);
            case TRACED_EVENT -> event(known(flags, FrameFormat.EVENT_FLAGS), TraceCodec.read(reader));
            case CALL -> call(known(flags, FrameFormat.CALL_FLAGS), null);
            case TRACED_CALL -> call(known(flags, FrameFormat.CALL_FLAGS), TraceCodec.read(reader));
            case RESULT -> result(known(flags, FrameFormat.RESULT_FLAGS));
            case ERROR -> error(known(flags, FrameFormat.ERROR_FLAGS));
            case REFUSAL -> refusal(flags);
            case TESTAMENT_ADDED -> testamentAdded(known(flags, FrameFormat.TESTAMENT_FLAGS));
            default -> whole(withoutPayload(type, flags));
        };
    }

    private LinkFrame withoutPayload(FrameType type, int flags) throws LinkViolation {
        return switch (type) {
            case CANCEL -> cancel(known(flags, FrameFormat.CANCEL_MODE));
            case KILL -> kill(known(flags, FrameFormat.KILL_MESSAGE));
            case PRESSURE -> pressure(known(flags, FrameFormat.PRESSURE_FLAGS));
            case MEMBERS_ASKED, MEMBERS, MEMBERSHIPS, REVOCATION -> memberships(type, flags);
            case POLL -> PollCodec.poll(reader, known(flags, FrameFormat.POLL_ACTION));
            case POLL_ANSWER -> PollCodec.answer(reader, flags);
            case ACK, PING, PONG, GOODBYE -> control(type, flags);
            default -> tables.read(type, flags);
        };
    }

    private LinkFrame control(FrameType type, int flags) throws LinkViolation {
        known(flags, 0);
        return switch (type) {
            case ACK -> new LinkAck(reader.varint());
            case PING -> new LinkPing(reader.varint());
            case PONG -> new LinkPong(reader.varint());
            default -> new LinkGoodbye(GoodbyeReason.of(reader.octet()));
        };
    }

    private LinkFrame memberships(FrameType type, int flags) throws LinkViolation {
        return switch (type) {
            case MEMBERSHIPS -> MembershipCodec.memberships(reader, known(flags, FrameFormat.MEMBERSHIPS_KIND));
            case REVOCATION -> MembershipCodec.revocation(reader, known(flags, FrameFormat.OF_REGISTRATION));
            case MEMBERS_ASKED -> MembershipCodec.asked(reader, known(flags, FrameFormat.OF_REGISTRATION));
            default -> {
                known(flags, 0);
                yield MembershipCodec.members(reader);
            }
        };
    }

    private RoutedPressure pressure(int flags) throws LinkViolation {
        boolean registration = has(flags, FrameFormat.OF_REGISTRATION);
        boolean asks = has(flags, FrameFormat.PRESSURE_ASKS);
        return new RoutedPressure(reader.name(), registration, reader.varint(), asks, number(), number());
    }

    private int number() throws LinkViolation {
        long number = reader.varint();
        if (number < 0 || number > MOST_RECEIVERS) {
            throw new LinkViolation("a number of receivers is out of range");
        }
        return (int) number;
    }

    private RoutedKill kill(int flags) throws LinkViolation {
        String realm = reader.name();
        int loop = reader.octet();
        long session = reader.varint();
        String reason = reader.name();
        return new RoutedKill(realm, loop, session, reason, flags == 0 ? null : reader.string());
    }

    private TestamentAdded testamentAdded(int flags) throws LinkViolation {
        String realm = reader.name();
        long session = reader.varint();
        TestamentScope scope = constant(SCOPES, flags & FrameFormat.TESTAMENT_SCOPE);
        long publication = reader.varint();
        String topic = reader.name();
        Identity publisher = has(flags, FrameFormat.TESTAMENT_PUBLISHER) ? identity() : null;
        Ppt ppt = has(flags, FrameFormat.TESTAMENT_PPT) ? ppt() : null;
        ReceiverFilter receivers = has(flags, FrameFormat.TESTAMENT_RECEIVERS) ? receivers() : null;
        boolean retain = has(flags, FrameFormat.TESTAMENT_RETAIN);
        Testament testament = new Testament(publication, topic, retain, publisher, ppt, receivers, payload());
        return new TestamentAdded(realm, session, scope, testament);
    }

    private RoutedEvent event(int flags, @Nullable TraceContext trace) throws LinkViolation {
        String realm = reader.name();
        String topic = reader.name();
        long publication = reader.varint();
        long[] subscriptions = subscriptions();
        long excluded = has(flags, FrameFormat.EVENT_EXCLUDED) ? reader.varint() : 0;
        Identity publisher = has(flags, FrameFormat.EVENT_PUBLISHER) ? identity() : null;
        String matched = has(flags, FrameFormat.EVENT_TOPIC) ? reader.name() : null;
        int trustlevel = has(flags, FrameFormat.EVENT_TRUSTLEVEL) ? trustlevel() : -1;
        Ppt ppt = has(flags, FrameFormat.EVENT_PPT) ? ppt() : null;
        boolean retained = has(flags, FrameFormat.EVENT_RETAINED);
        boolean plain = publisher == null && matched == null && !retained && trustlevel < 0 && ppt == null;
        EventDetails details = plain && trace == null
                ? EventDetails.DEFAULT
                : new EventDetails(publisher, matched, retained, trustlevel, ppt, trace);
        ReceiverFilter receivers = has(flags, FrameFormat.EVENT_RECEIVERS) ? receivers() : null;
        return new RoutedEvent(realm, publication, topic, subscriptions, excluded, details, receivers, payload());
    }

    private RoutedCall call(int flags, @Nullable TraceContext trace) throws LinkViolation {
        String realm = reader.name();
        int loop = reader.octet();
        long call = reader.varint();
        long callee = reader.varint();
        long registration = reader.varint();
        boolean continuation = has(flags, FrameFormat.CALL_CONTINUATION);
        boolean plain = (flags & ~FrameFormat.CALL_CONTINUATION) == 0 && trace == null;
        InvocationDetails details = plain ? InvocationDetails.DEFAULT : invocationDetails(flags, trace);
        return new RoutedCall(realm, loop, call, callee, registration, continuation, details, payload());
    }

    private InvocationDetails invocationDetails(int flags, @Nullable TraceContext trace) throws LinkViolation {
        Identity caller = has(flags, FrameFormat.CALL_CALLER) ? identity() : null;
        String procedure = has(flags, FrameFormat.CALL_PROCEDURE) ? reader.name() : null;
        long timeout = has(flags, FrameFormat.CALL_TIMEOUT) ? positive() : 0;
        int trustlevel = has(flags, FrameFormat.CALL_TRUSTLEVEL) ? trustlevel() : -1;
        Ppt ppt = has(flags, FrameFormat.CALL_PPT) ? ppt() : null;
        boolean receiveProgress = has(flags, FrameFormat.CALL_RECEIVE_PROGRESS);
        boolean progress = has(flags, FrameFormat.CALL_PROGRESS);
        return new InvocationDetails(caller, procedure, receiveProgress, progress, timeout, trustlevel, ppt, trace);
    }

    private RoutedResult result(int flags) throws LinkViolation {
        String realm = reader.name();
        long call = reader.varint();
        Ppt ppt = has(flags, FrameFormat.RESULT_PPT) ? ppt() : null;
        ResultDetails details =
                flags == 0 ? ResultDetails.DEFAULT : new ResultDetails(has(flags, FrameFormat.RESULT_PROGRESS), ppt);
        return new RoutedResult(realm, call, details, payload());
    }

    private RoutedError error(int flags) throws LinkViolation {
        String realm = reader.name();
        long call = reader.varint();
        String error = reader.name();
        String message = has(flags, FrameFormat.ERROR_MESSAGE) ? reader.string() : null;
        Ppt ppt = has(flags, FrameFormat.ERROR_PPT) ? ppt() : null;
        ErrorDetails details = flags == 0 ? ErrorDetails.DEFAULT : new ErrorDetails(message, ppt);
        return new RoutedError(realm, call, details, error, payload());
    }

    private RoutedCancel cancel(int mode) throws LinkViolation {
        CancelMode cancelMode = constant(CANCEL_MODES, mode);
        return new RoutedCancel(reader.name(), reader.octet(), reader.varint(), cancelMode, reader.name());
    }

    private RoutedRefusal refusal(int flags) throws LinkViolation {
        boolean unavailable = known(flags, version > 2 ? FrameFormat.REFUSAL_UNAVAILABLE : 0) != 0;
        return new RoutedRefusal(reader.name(), reader.varint(), unavailable, payload());
    }

    private long[] subscriptions() throws LinkViolation {
        int count = reader.count();
        if (count == 0) {
            return NO_SUBSCRIPTIONS;
        }
        long[] subscriptions = new long[count];
        for (int i = 0; i < count; i++) {
            subscriptions[i] = reader.varint();
        }
        return subscriptions;
    }

    private Identity identity() throws LinkViolation {
        return new Identity(reader.varint(), reader.string(), reader.name());
    }

    private Ppt ppt() throws LinkViolation {
        int flags = known(reader.octet(), FrameFormat.PPT_FLAGS);
        String scheme = reader.name();
        String serializer = has(flags, FrameFormat.PPT_SERIALIZER) ? reader.name() : null;
        String cipher = has(flags, FrameFormat.PPT_CIPHER) ? reader.name() : null;
        String keyid = has(flags, FrameFormat.PPT_KEYID) ? reader.string() : null;
        return new Ppt(scheme, serializer, cipher, keyid);
    }

    private ReceiverFilter receivers() throws LinkViolation {
        int flags = known(reader.octet(), FrameFormat.RECEIVERS_FLAGS);
        return new ReceiverFilter(
                sessions(has(flags, FrameFormat.EXCLUDE)),
                strings(has(flags, FrameFormat.EXCLUDE_AUTHID)),
                strings(has(flags, FrameFormat.EXCLUDE_AUTHROLE)),
                sessions(has(flags, FrameFormat.ELIGIBLE)),
                strings(has(flags, FrameFormat.ELIGIBLE_AUTHID)),
                strings(has(flags, FrameFormat.ELIGIBLE_AUTHROLE)));
    }

    private @Nullable List<Long> sessions(boolean present) throws LinkViolation {
        if (!present) {
            return null;
        }
        int count = reader.count();
        List<Long> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(reader.varint());
        }
        return sessions;
    }

    private @Nullable List<String> strings(boolean present) throws LinkViolation {
        if (!present) {
            return null;
        }
        int count = reader.count();
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strings.add(reader.string());
        }
        return strings;
    }

    /** What is left of the frame. */
    private Payload payload() throws LinkViolation {
        if (reader.remaining() == 0) {
            return Payload.EMPTY;
        }
        int kind = reader.octet();
        int elements = kind & FrameFormat.PAYLOAD_ELEMENTS;
        SerializerId serializer = SerializerId.ofRawSocketId(kind >> FrameFormat.PAYLOAD_SERIALIZER_SHIFT);
        if (serializer == null || elements == 0 || elements > 2 || reader.remaining() == 0) {
            throw new LinkViolation("not a payload");
        }
        return Payload.view(serializer, elements, reader.buffer(), reader.position(), reader.remaining());
    }

    private int trustlevel() throws LinkViolation {
        long trustlevel = reader.varint();
        if (trustlevel < 0 || trustlevel > Integer.MAX_VALUE) {
            throw new LinkViolation("a trust level is out of range");
        }
        return (int) trustlevel;
    }

    private long positive() throws LinkViolation {
        long value = reader.varint();
        if (value <= 0) {
            throw new LinkViolation("a time is out of range");
        }
        return value;
    }

    private LinkFrame whole(LinkFrame frame) throws LinkViolation {
        if (reader.remaining() != 0) {
            throw new LinkViolation("octets are left over at the end of a frame");
        }
        return frame;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    static int known(int flags, int known) throws LinkViolation {
        if ((flags & ~known) != 0) {
            throw new LinkViolation("a frame has unknown flags");
        }
        return flags;
    }

    static <T> T constant(T[] constants, int index) throws LinkViolation {
        if (index >= constants.length) {
            throw new LinkViolation("a policy or mode is unknown");
        }
        return constants[index];
    }
}
