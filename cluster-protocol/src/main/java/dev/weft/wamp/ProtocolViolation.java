package dev.weft.wamp;

/**
 * A peer broke the protocol. The only exception that decoding throws. Its message names the fault in words that can be
 * sent to the peer; it has no stack trace because it is the peer's fault, not ours.
 */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final WampError error;

    public ProtocolViolation(String fault) {
        this(WampError.PROTOCOL_VIOLATION, fault);
    }

    public ProtocolViolation(WampError error, String fault) {
        super(fault, null, false, false);
        this.error = error;
    }

    public WampError error() {
        return error;
    }

    /** What the peer did wrong, fit to be sent to it. */
    public String fault() {
        return String.valueOf(getMessage());
    }
}
