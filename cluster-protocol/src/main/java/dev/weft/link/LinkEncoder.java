package dev.weft.link;

import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.TraceContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one direction of one link to bytes. Remembers which strings the other side
 * knows, so each frame that it has written must be sent, in order. Not thread-safe.
 */
public final class LinkEncoder {
    private final FrameWriter writer = new FrameWriter();
    private final TableEncoder tables;
    private final int version;

    /** @param version of the protocol, agreed on by both sides */
    public LinkEncoder(int version) {
        this.version = version;
        this.tables = new TableEncoder(writer, version);
    }

    /** That agreed on. Any thread. */
    public int version() {
        return version;
    }

    /** Whether the version agreed on has such a frame; no other must be written. */
    public boolean has(LinkFrame frame) {
        return since(frame) <= version;
    }

    private static int since(LinkFrame frame) {
        if (frame instanceof RoutedPoll || frame instanceof RoutedPollAnswer) {
            return RoutedPoll.SINCE;
        }
        return isSince3(frame) ? 3 : isSince2(frame) ? 2 : 1;
    }

    private static boolean isSince2(LinkFrame frame) {
        return frame instanceof TableAudit
                || frame instanceof SessionJoined
                || frame instanceof SessionLeft
                || frame instanceof TestamentAdded
                || frame instanceof TestamentsFlushed
                || frame instanceof NodeState
                || frame instanceof NodeLinked
                || frame instanceof RoutedKill;
    }

    private static boolean isSince3(LinkFrame frame) {
        return frame instanceof RoutedMembersAsked
                || frame instanceof RoutedMembers
                || frame instanceof RoutedMemberships
                || frame instanceof RoutedRevocation
                || frame instanceof RoutedPressure;
    }

    /** Writes a frame, with its length; grows {@code out} as needed. */
    public void encode(LinkFrame frame, ByteBuf out) {
        if (frame instanceof RoutedMessage message) {
            routed(message, out);
        } else if (frame instanceof TestamentAdded added) {
            testament(added);
            finish(added.testament().payload(), out);
        } else if (frame instanceof TableChange change) {
            tables.write(change);
            writer.writeTo(out, 0);
        } else if (frame instanceof LinkControl control) {
            control(control);
            writer.writeTo(out, 0);
        } else {
            HandshakeCodec.encode((LinkHandshake) frame, out);
        }
    }

    /** Whether the frame is counted and acknowledged. */
    public static boolean isNumbered(LinkFrame frame) {
        return frame instanceof RoutedMessage || frame instanceof TableChange;
    }

    private void routed(RoutedMessage message, ByteBuf out) {
        if (message instanceof RoutedEvent event) {
            event(event);
            finish(event.payload(), out);
        } else if (message instanceof RoutedCall call) {
            call(call);
            finish(call.payload(), out);
        } else if (message instanceof RoutedResult result) {
            result(result);
            finish(result.payload(), out);
        } else if (message instanceof RoutedError error) {
            error(error);
            finish(error.payload(), out);
        } else if (message instanceof RoutedCancel cancel) {
            writer.begin(FrameType.CANCEL, cancel.mode().ordinal());
            writer.name(cancel.realm());
            writer.octet(cancel.loop());
            writer.varint(cancel.call());
            writer.name(cancel.reason());
            writer.writeTo(out, 0);
        } else if (message instanceof RoutedRefusal refusal) {
            writer.begin(FrameType.REFUSAL, refusalFlags(refusal));
            writer.name(refusal.realm());
            writer.varint(refusal.call());
            finish(refusal.payload(), out);
        } else if (message instanceof RoutedKill kill) {
            kill(kill);
            writer.writeTo(out, 0);
        } else if (message instanceof RoutedPressure pressure) {
            pressure(pressure);
            writer.writeTo(out, 0);
        } else if (message instanceof RoutedPoll poll) {
            PollCodec.write(poll, writer, out);
        } else if (message instanceof RoutedPollAnswer answer) {
            PollCodec.write(answer, writer, out);
        } else if (MembershipCodec.write(message, writer)) {
            writer.writeTo(out, 0);
        }
    }

    /** Before version 3 a callee that is unavailable is as good as gone. */
    private int refusalFlags(RoutedRefusal refusal) {
        return flag(refusal.unavailable() && version > 2, FrameFormat.REFUSAL_UNAVAILABLE);
    }

    private void kill(RoutedKill kill) {
        String message = kill.message();
        writer.begin(FrameType.KILL, flag(message != null, FrameFormat.KILL_MESSAGE));
        writer.name(kill.realm());
        writer.octet(kill.loop());
        writer.varint(kill.session());
        writer.name(kill.reason());
        if (message != null) {
            writer.string(message);
        }
    }

    private void pressure(RoutedPressure pressure) {
        int flags = flag(pressure.registration(), FrameFormat.OF_REGISTRATION)
                | flag(pressure.asks(), FrameFormat.PRESSURE_ASKS);
        writer.begin(FrameType.PRESSURE, flags);
        writer.name(pressure.realm());
        writer.varint(pressure.id());
        writer.varint(pressure.receivers());
        writer.varint(pressure.behind());
    }

    private void testament(TestamentAdded added) {
        Testament testament = added.testament();
        int flags = added.scope().ordinal()
                | flag(testament.retain(), FrameFormat.TESTAMENT_RETAIN)
                | flag(testament.publisher() != null, FrameFormat.TESTAMENT_PUBLISHER)
                | flag(testament.ppt() != null, FrameFormat.TESTAMENT_PPT)
                | flag(testament.receivers() != null, FrameFormat.TESTAMENT_RECEIVERS);
        writer.begin(FrameType.TESTAMENT_ADDED, flags);
        writer.name(added.realm());
        writer.varint(added.session());
        writer.varint(testament.publication());
        writer.name(testament.topic());
        identity(testament.publisher());
        ppt(testament.ppt());
        receivers(testament.receivers());
    }

    private void event(RoutedEvent event) {
        EventDetails details = event.details();
        int flags = flag(details.publisher() != null, FrameFormat.EVENT_PUBLISHER)
                | flag(details.topic() != null, FrameFormat.EVENT_TOPIC)
                | flag(details.retained(), FrameFormat.EVENT_RETAINED)
                | flag(details.trustlevel() >= 0, FrameFormat.EVENT_TRUSTLEVEL)
                | flag(details.ppt() != null, FrameFormat.EVENT_PPT)
                | flag(event.receivers() != null, FrameFormat.EVENT_RECEIVERS)
                | flag(event.excluded() != 0, FrameFormat.EVENT_EXCLUDED);
        begin(FrameType.EVENT, FrameType.TRACED_EVENT, flags, details.trace());
        writer.name(event.realm());
        writer.name(event.topic());
        writer.varint(event.publication());
        writer.varint(event.subscriptions().length);
        for (long subscription : event.subscriptions()) {
            writer.varint(subscription);
        }
        if (event.excluded() != 0) {
            writer.varint(event.excluded());
        }
        identity(details.publisher());
        optionalName(details.topic());
        if (details.trustlevel() >= 0) {
            writer.varint(details.trustlevel());
        }
        ppt(details.ppt());
        receivers(event.receivers());
    }

    /** @param trace left out over a link of a version that does not know of traces */
    private void begin(FrameType plain, FrameType traced, int flags, @Nullable TraceContext trace) {
        if (trace == null || version < TraceCodec.SINCE) {
            writer.begin(plain, flags);
        } else {
            writer.begin(traced, flags);
            TraceCodec.write(trace, writer);
        }
    }

    private void call(RoutedCall call) {
        InvocationDetails details = call.details();
        int flags = flag(details.caller() != null, FrameFormat.CALL_CALLER)
                | flag(details.procedure() != null, FrameFormat.CALL_PROCEDURE)
                | flag(details.receiveProgress(), FrameFormat.CALL_RECEIVE_PROGRESS)
                | flag(details.progress(), FrameFormat.CALL_PROGRESS)
                | flag(details.timeout() > 0, FrameFormat.CALL_TIMEOUT)
                | flag(details.trustlevel() >= 0, FrameFormat.CALL_TRUSTLEVEL)
                | flag(details.ppt() != null, FrameFormat.CALL_PPT)
                | flag(call.continuation(), FrameFormat.CALL_CONTINUATION);
        begin(FrameType.CALL, FrameType.TRACED_CALL, flags, details.trace());
        writer.name(call.realm());
        writer.octet(call.loop());
        writer.varint(call.call());
        writer.varint(call.callee());
        writer.varint(call.registration());
        identity(details.caller());
        optionalName(details.procedure());
        if (details.timeout() > 0) {
            writer.varint(details.timeout());
        }
        if (details.trustlevel() >= 0) {
            writer.varint(details.trustlevel());
        }
        ppt(details.ppt());
    }

    private void result(RoutedResult result) {
        Ppt ppt = result.details().ppt();
        int flags = flag(result.details().progress(), FrameFormat.RESULT_PROGRESS)
                | flag(ppt != null, FrameFormat.RESULT_PPT);
        writer.begin(FrameType.RESULT, flags);
        writer.name(result.realm());
        writer.varint(result.call());
        ppt(ppt);
    }

    private void error(RoutedError error) {
        String message = error.details().message();
        Ppt ppt = error.details().ppt();
        int flags = flag(message != null, FrameFormat.ERROR_MESSAGE) | flag(ppt != null, FrameFormat.ERROR_PPT);
        writer.begin(FrameType.ERROR, flags);
        writer.name(error.realm());
        writer.varint(error.call());
        writer.name(error.error());
        if (message != null) {
            writer.string(message);
        }
        ppt(ppt);
    }

    private void control(LinkControl control) {
        if (control instanceof LinkAck ack) {
            writer.begin(FrameType.ACK, 0);
            writer.varint(ack.handled());
        } else if (control instanceof LinkPing ping) {
            writer.begin(FrameType.PING, 0);
            writer.varint(ping.token());
        } else if (control instanceof LinkPong pong) {
            writer.begin(FrameType.PONG, 0);
            writer.varint(pong.token());
        } else if (control instanceof LinkGoodbye goodbye) {
            writer.begin(FrameType.GOODBYE, 0);
            writer.octet(goodbye.reason().ordinal());
        }
    }

    private void finish(Payload payload, ByteBuf out) {
        if (payload.isEmpty()) {
            writer.writeTo(out, 0);
            return;
        }
        writer.octet(payload.serializer().rawSocketId() << FrameFormat.PAYLOAD_SERIALIZER_SHIFT | payload.elements());
        writer.writeTo(out, payload.length());
        payload.writeTo(out);
    }

    private void identity(@Nullable Identity identity) {
        if (identity == null) {
            return;
        }
        writer.varint(identity.session());
        writer.string(identity.authid());
        writer.name(identity.authrole());
    }

    private void optionalName(@Nullable String name) {
        if (name != null) {
            writer.name(name);
        }
    }

    private void ppt(@Nullable Ppt ppt) {
        if (ppt == null) {
            return;
        }
        writer.octet(flag(ppt.serializer() != null, FrameFormat.PPT_SERIALIZER)
                | flag(ppt.cipher() != null, FrameFormat.PPT_CIPHER)
                | flag(ppt.keyid() != null, FrameFormat.PPT_KEYID));
        writer.name(ppt.scheme());
        optionalName(ppt.serializer());
        optionalName(ppt.cipher());
        String keyid = ppt.keyid();
        if (keyid != null) {
            writer.string(keyid);
        }
    }

    private void receivers(@Nullable ReceiverFilter filter) {
        if (filter == null) {
            return;
        }
        writer.octet(flag(filter.exclude() != null, FrameFormat.EXCLUDE)
                | flag(filter.excludeAuthid() != null, FrameFormat.EXCLUDE_AUTHID)
                | flag(filter.excludeAuthrole() != null, FrameFormat.EXCLUDE_AUTHROLE)
                | flag(filter.eligible() != null, FrameFormat.ELIGIBLE)
                | flag(filter.eligibleAuthid() != null, FrameFormat.ELIGIBLE_AUTHID)
                | flag(filter.eligibleAuthrole() != null, FrameFormat.ELIGIBLE_AUTHROLE));
        sessions(filter.exclude());
        strings(filter.excludeAuthid());
        strings(filter.excludeAuthrole());
        sessions(filter.eligible());
        strings(filter.eligibleAuthid());
        strings(filter.eligibleAuthrole());
    }

    private void sessions(@Nullable List<Long> sessions) {
        if (sessions == null) {
            return;
        }
        writer.varint(sessions.size());
        for (long session : sessions) {
            writer.varint(session);
        }
    }

    private void strings(@Nullable List<String> strings) {
        if (strings == null) {
            return;
        }
        writer.varint(strings.size());
        for (String string : strings) {
            writer.string(string);
        }
    }

    private static int flag(boolean present, int flag) {
        return present ? flag : 0;
    }
}
