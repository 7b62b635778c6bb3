package dev.weft.link;

import org.jspecify.annotations.Nullable;

/** The types of frame with their codes. From {@link #FIRST_NUMBERED} on frames are counted and acknowledged. */
enum FrameType {
    HELLO(0x01),
    PROOF(0x02),
    WELCOME(0x03),
    REJECT(0x04),
    ACK(0x05),
    PING(0x06),
    PONG(0x07),
    GOODBYE(0x08),
    INTEREST_ADDED(0x10),
    INTEREST_REMOVED(0x11),
    CALLEE_ADDED(0x12),
    CALLEE_REMOVED(0x13),
    SNAPSHOT_END(0x14),
    SESSION_JOINED(0x15, 2),
    SESSION_LEFT(0x16, 2),
    TESTAMENT_ADDED(0x17, 2),
    TESTAMENTS_FLUSHED(0x18, 2),
    NODE_STATE(0x19, 2),
    TABLE_DIGEST(0x1A, 2),
    BUCKET_WANTED(0x1B, 2),
    BUCKET_BEGIN(0x1C, 2),
    BUCKET_END(0x1D, 2),
    DIGEST_WANTED(0x1E, 2),
    NODE_LINKED(0x1F, 2),
    EVENT(0x20),
    CALL(0x21),
    CANCEL(0x22),
    RESULT(0x23),
    ERROR(0x24),
    REFUSAL(0x25),
    KILL(0x26, 2),
    MEMBERS_ASKED(0x27, 3),
    MEMBERS(0x28, 3),
    MEMBERSHIPS(0x29, 3),
    REVOCATION(0x2A, 3),
    PRESSURE(0x2B, 3),
    POLL(0x2C, 4),
    POLL_ANSWER(0x2D, 4),
    TRACED_EVENT(0x2E, TraceCodec.SINCE),
    TRACED_CALL(0x2F, TraceCodec.SINCE);

    static final int FIRST_NUMBERED = 0x10;

    private static final int CODES = 256;
    private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[CODES];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int since;

    FrameType(int code) {
        this(code, 1);
    }

    FrameType(int code, int since) {
        this.code = code;
        this.since = since;
    }

    int code() {
        return code;
    }

    /** The type with this code, 0 to 255, if {@code version} has it. */
    static FrameType of(int code, int version) throws LinkViolation {
        FrameType type = BY_CODE[code];
        if (type == null || type.since > version) {
            throw new LinkViolation("no type of frame has the code " + code);
        }
        return type;
    }
}
