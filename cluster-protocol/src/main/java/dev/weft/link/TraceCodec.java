package dev.weft.link;

import static dev.weft.link.LinkDecoder.known;

import dev.weft.wamp.TraceContext;

/**
 * Of which trace an event or a call is a part: it stands before all else in frames of types of their own, because all flags
 * of CALL are taken. Over a link of an earlier version it is left out, and the trace ends at this node.
 */
final class TraceCodec {
    /** The version that brought it. */
    static final int SINCE = 5;

    private static final int SAMPLED = 0x01;

    private TraceCodec() {}

    static void write(TraceContext trace, FrameWriter writer) {
        writer.fixed64(trace.traceHigh());
        writer.fixed64(trace.traceLow());
        writer.fixed64(trace.parent());
        writer.octet(trace.sampled() ? SAMPLED : 0);
        String state = trace.state();
        writer.string(state == null ? "" : state);
    }

    static TraceContext read(FrameReader reader) throws LinkViolation {
        long high = reader.fixed64();
        long low = reader.fixed64();
        long parent = reader.fixed64();
        boolean sampled = known(reader.octet(), SAMPLED) != 0;
        String state = reader.string();
        if ((high == 0 && low == 0) || parent == 0 || state.length() > TraceContext.MAX_STATE) {
            throw new LinkViolation("not the context of a trace");
        }
        return new TraceContext(high, low, parent, sampled, state.isEmpty() ? null : state);
    }
}
