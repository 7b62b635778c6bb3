package dev.weft.load.conformance.wire;

import java.util.Locale;

/** The types of messages, with their numbers on the wire and where their {@code Arguments} are. */
public enum Code {
    HELLO(1, 0),
    WELCOME(2, 0),
    ABORT(3, 3),
    CHALLENGE(4, 0),
    AUTHENTICATE(5, 0),
    GOODBYE(6, 0),
    ERROR(8, 5),
    PUBLISH(16, 4),
    PUBLISHED(17, 0),
    SUBSCRIBE(32, 0),
    SUBSCRIBED(33, 0),
    UNSUBSCRIBE(34, 0),
    UNSUBSCRIBED(35, 0),
    EVENT(36, 4),
    CALL(48, 4),
    CANCEL(49, 0),
    RESULT(50, 3),
    REGISTER(64, 0),
    REGISTERED(65, 0),
    UNREGISTER(66, 0),
    UNREGISTERED(67, 0),
    INVOCATION(68, 4),
    INTERRUPT(69, 0),
    YIELD(70, 3);

    private final int number;
    private final int arguments;

    Code(int number, int arguments) {
        this.number = number;
        this.arguments = arguments;
    }

    public int number() {
        return number;
    }

    /** The index of {@code Arguments}; 0 for a message that has none. */
    int arguments() {
        return arguments;
    }

    /** The name of a type, also of one that is unknown. */
    static String name(long number) {
        for (Code code : values()) {
            if (code.number == number) {
                return code.name();
            }
        }
        return String.format(Locale.ROOT, "a message of type %d", number);
    }
}
