package dev.weft.link;

/** The numbers that both directions of the codec share; docs/inter-router-protocol.md has them in prose. */
final class FrameFormat {
    /** Octets of the length before each frame. */
    static final int LENGTH_OCTETS = 4;

    /** Type and flags. */
    static final int HEADER_OCTETS = 2;

    /** Strings that a direction of a link numbers; further ones are spelt out each time. */
    static final int MAX_NAMES = 65_536;

    /** The longest string that is numbered, in octets of UTF-8. */
    static final int MAX_NAME_OCTETS = 255;

    /** A string spelt out that does not get a number. */
    static final int NAME_SPELT = 0;

    /** A string spelt out that gets the next number. */
    static final int NAME_NEW = 1;

    /** The first number of a string stands as this, the second as one more. */
    static final int NAME_KNOWN = 2;

    static final int WELCOME_RESUMED = 0x01;

    static final int EVENT_PUBLISHER = 0x01;
    static final int EVENT_TOPIC = 0x02;
    static final int EVENT_RETAINED = 0x04;
    static final int EVENT_TRUSTLEVEL = 0x08;
    static final int EVENT_PPT = 0x10;
    static final int EVENT_RECEIVERS = 0x20;
    static final int EVENT_EXCLUDED = 0x40;
    static final int EVENT_FLAGS = 0x7F;

    static final int CALL_CALLER = 0x01;
    static final int CALL_PROCEDURE = 0x02;
    static final int CALL_RECEIVE_PROGRESS = 0x04;
    static final int CALL_PROGRESS = 0x08;
    static final int CALL_TIMEOUT = 0x10;
    static final int CALL_TRUSTLEVEL = 0x20;
    static final int CALL_PPT = 0x40;
    static final int CALL_CONTINUATION = 0x80;
    static final int CALL_FLAGS = 0xFF;

    static final int CANCEL_MODE = 0x03;

    static final int RESULT_PROGRESS = 0x01;
    static final int RESULT_PPT = 0x02;
    static final int RESULT_FLAGS = 0x03;

    static final int ERROR_MESSAGE = 0x01;
    static final int ERROR_PPT = 0x02;
    static final int ERROR_FLAGS = 0x03;

    static final int REFUSAL_UNAVAILABLE = 0x01;

    static final int MATCH = 0x03;
    static final int INVOKE_SHIFT = 2;
    static final int CALLEE_FLAGS = 0x1F;

    static final int TRAIT_DISCLOSE_CALLER = 0x01;
    static final int TRAIT_FORWARD_TIMEOUT = 0x02;
    static final int TRAIT_PROGRESSIVE_INVOCATIONS = 0x04;
    static final int TRAIT_PASSTHRU = 0x08;
    static final int TRAIT_LIMITED = 0x10;
    static final int TRAITS = 0x1F;

    static final int LEFT_TESTAMENTS = 0x01;

    static final int TESTAMENT_SCOPE = 0x01;
    static final int TESTAMENT_RETAIN = 0x02;
    static final int TESTAMENT_PUBLISHER = 0x04;
    static final int TESTAMENT_PPT = 0x08;
    static final int TESTAMENT_RECEIVERS = 0x10;
    static final int TESTAMENT_FLAGS = 0x1F;

    static final int STATE_DRAINING = 0x01;

    static final int KIND = 0x03;

    static final int KILL_MESSAGE = 0x01;

    static final int MEMBERSHIPS_KIND = 0x07;

    static final int OF_REGISTRATION = 0x01;

    static final int PRESSURE_ASKS = 0x02;
    static final int PRESSURE_FLAGS = OF_REGISTRATION | PRESSURE_ASKS;

    static final int POLL_ACTION = 0x07;

    static final int POLL_DONE = 0;
    static final int POLL_MESSAGES = 1;
    static final int POLL_WRONG = 2;
    static final int POLL_ANSWER = 0x03;

    static final int PPT_SERIALIZER = 0x01;
    static final int PPT_CIPHER = 0x02;
    static final int PPT_KEYID = 0x04;
    static final int PPT_FLAGS = 0x07;

    static final int EXCLUDE = 0x01;
    static final int EXCLUDE_AUTHID = 0x02;
    static final int EXCLUDE_AUTHROLE = 0x04;
    static final int ELIGIBLE = 0x08;
    static final int ELIGIBLE_AUTHID = 0x10;
    static final int ELIGIBLE_AUTHROLE = 0x20;
    static final int RECEIVERS_FLAGS = 0x3F;

    /** Arguments alone, or arguments and keyword arguments: the low bits of a payload's first octet. */
    static final int PAYLOAD_ELEMENTS = 0x03;

    static final int PAYLOAD_SERIALIZER_SHIFT = 2;

    private FrameFormat() {}
}
