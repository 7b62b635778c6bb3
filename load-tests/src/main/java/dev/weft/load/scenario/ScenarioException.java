package dev.weft.load.scenario;

import java.util.List;

/** A scenario cannot be read; the message has every problem on a line of its own, with file, line, column and key. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1;

    ScenarioException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
