package dev.weft.wamp;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Of which trace a request is a part, as W3C Trace Context (level 1) has it. Clients write it as {@code _traceparent} and
 * {@code _tracestate}: keys beginning with {@code _} are for implementations ("Extensibility" of the basic profile).
 *
 * @param traceHigh the first half of the trace's id; one of the halves is not 0
 * @param parent id of the span that caused the request, not 0
 * @param sampled whether the trace is recorded
 * @param state {@code tracestate}, passed on as it came; null if there is none
 */
public record TraceContext(
        long traceHigh,
        long traceLow,
        long parent,
        boolean sampled,
        @Nullable String state) {
    /** Characters that a {@code tracestate} has at most; a longer one is dropped. */
    public static final int MAX_STATE = 512;

    private static final int LENGTH = 55;
    private static final int VERSION = 0;
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;
    private static final int SAMPLED = 1;
    private static final int FORBIDDEN_VERSION = 0xFF;
    private static final int MOST_MEMBERS = 32;

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?", Pattern.DOTALL);
    private static final Pattern BLANK = Pattern.compile("[ \\t]*");
    private static final Pattern MEMBER = Pattern.compile("[ \\t]*([a-z][a-z0-9_*/-]{0,255}"
            + "|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})=[ -+\\--<>-~]{0,255}[!-+\\--<>-~][ \\t]*");

    /**
     * Reads what a client wrote. Strict, as the recommendation wants it: what is not well formed counts as not written.
     *
     * @param traceparent null for none
     * @param tracestate null for none; alone it means nothing, and if it is malformed it alone is dropped
     * @return null if there is no context
     */
    public static @Nullable TraceContext parse(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || !TRACEPARENT.matcher(traceparent).matches()) {
            return null;
        }
        int version = HexFormat.fromHexDigits(traceparent, VERSION, TRACE - 1);
        if (version == FORBIDDEN_VERSION || (version == 0 && traceparent.length() > LENGTH)) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(traceparent, TRACE, TRACE + 16);
        long low = HexFormat.fromHexDigitsToLong(traceparent, TRACE + 16, PARENT - 1);
        long parent = HexFormat.fromHexDigitsToLong(traceparent, PARENT, FLAGS - 1);
        if ((high == 0 && low == 0) || parent == 0) {
            return null;
        }
        boolean sampled = (HexFormat.fromHexDigits(traceparent, FLAGS, LENGTH) & SAMPLED) != 0;
        return new TraceContext(high, low, parent, sampled, isState(tracestate) ? tracestate : null);
    }

    /** Whether it is a list as {@code tracestate} has to be, and says something. */
    static boolean isState(@Nullable String text) {
        if (text == null || text.length() > MAX_STATE) {
            return false;
        }
        int members = 0;
        for (String member : text.split(",", -1)) {
            if (BLANK.matcher(member).matches()) {
                continue;
            }
            if (++members > MOST_MEMBERS || !MEMBER.matcher(member).matches()) {
                return false;
            }
        }
        return members > 0;
    }

    /** As it stands in a message; always of version 00. */
    public String traceparent() {
        return "00-" + traceId() + '-' + parentId() + (sampled ? "-01" : "-00");
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(traceHigh) + hex.toHexDigits(traceLow);
    }

    /** 16 hexadecimal digits. */
    public String parentId() {
        return HexFormat.of().toHexDigits(parent);
    }
}
