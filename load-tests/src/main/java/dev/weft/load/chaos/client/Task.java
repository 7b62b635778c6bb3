package dev.weft.load.chaos.client;

import dev.weft.load.chaos.history.Entry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a caller asks of the callee, in the arguments of the call.
 *
 * @param millis before the answer, or between progressive results
 * @param steps how many progressive results come before the final one
 */
public record Task(Kind kind, int millis, int steps) {
    static final Task ECHO = new Task(Kind.ECHO, 0, 0);
    static final Task NEVER = new Task(Kind.NEVER, 0, 0);

    private static final int FIRST_ARGUMENT = 2;

    /** Arguments of the call, after the two that name it. */
    List<Object> arguments(long caller, long number) {
        return List.of(caller, number, (long) kind.ordinal(), (long) millis, (long) steps);
    }

    static Task of(List<Object> arguments) {
        return new Task(
                Kind.values()[number(arguments, FIRST_ARGUMENT)],
                number(arguments, FIRST_ARGUMENT + 1),
                number(arguments, FIRST_ARGUMENT + 2));
    }

    /** How long the callee takes, in nanoseconds. */
    long ownTime() {
        return kind == Kind.NEVER ? Entry.CallSent.FOREVER : TimeUnit.MILLISECONDS.toNanos((long) millis * (steps + 1));
    }

    private static int number(List<Object> arguments, int index) {
        return ((Number) arguments.get(index)).intValue();
    }

    /** How the callee answers. */
    enum Kind {
        ECHO,
        /** With an error of its own. */
        FAIL,
        /** Not at all, unless interrupted. */
        NEVER
    }
}
