package dev.weft.link;

import static dev.weft.link.LinkDecoder.constant;
import static dev.weft.link.LinkDecoder.known;

import dev.weft.link.RoutedPoll.Action;
import dev.weft.wamp.SerializerId;
import io.netty.buffer.ByteBuf;

/** The frames of long-poll transports: the part of {@link LinkEncoder} and {@link LinkDecoder} for them. */
final class PollCodec {
    private static final Action[] ACTIONS = Action.values();
    private static final int MOST_STATUS = 599;

    private PollCodec() {}

    static void write(RoutedPoll poll, FrameWriter writer, ByteBuf out) {
        writer.begin(FrameType.POLL, poll.action().ordinal());
        writer.octet(poll.loop());
        writer.fixed64(poll.secretHigh());
        writer.fixed64(poll.secretLow());
        writer.varint(poll.request());
        writer.writeTo(out, poll.body().length);
        out.writeBytes(poll.body());
    }

    static void write(RoutedPollAnswer answer, FrameWriter writer, ByteBuf out) {
        SerializerId serializer = answer.serializer();
        int flags = serializer != null
                ? FrameFormat.POLL_MESSAGES
                : answer.status() != 0 ? FrameFormat.POLL_WRONG : FrameFormat.POLL_DONE;
        writer.begin(FrameType.POLL_ANSWER, flags);
        writer.varint(answer.request());
        if (serializer != null) {
            writer.octet(serializer.rawSocketId());
        } else if (answer.status() != 0) {
            writer.varint(answer.status());
            writer.string(answer.words());
        }
        writer.writeTo(out, answer.messages().length);
        out.writeBytes(answer.messages());
    }

    static RoutedPoll poll(FrameReader reader, int action) throws LinkViolation {
        Action what = constant(ACTIONS, action);
        int loop = reader.octet();
        long high = reader.fixed64();
        long low = reader.fixed64();
        long request = reader.varint();
        return new RoutedPoll(loop, high, low, request, what, rest(reader, what == Action.SEND));
    }

    static RoutedPollAnswer answer(FrameReader reader, int flags) throws LinkViolation {
        long request = reader.varint();
        switch (known(flags, FrameFormat.POLL_ANSWER)) {
            case FrameFormat.POLL_DONE:
                return RoutedPollAnswer.done(request);
            case FrameFormat.POLL_MESSAGES:
                SerializerId serializer = SerializerId.ofRawSocketId(reader.octet());
                if (serializer == null) {
                    throw new LinkViolation("messages of an unknown serializer");
                }
                return RoutedPollAnswer.messages(request, serializer, rest(reader, true));
            case FrameFormat.POLL_WRONG:
                long status = reader.varint();
                if (status < 1 || status > MOST_STATUS) {
                    throw new LinkViolation("a status is out of range");
                }
                return RoutedPollAnswer.wrong(request, (int) status, reader.string());
            default:
                throw new LinkViolation("an answer of an unknown kind");
        }
    }

    private static byte[] rest(FrameReader reader, boolean present) throws LinkViolation {
        return reader.octets(present ? reader.remaining() : 0);
    }
}
