package dev.weft.transport;

import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;

/**
 * Runs the test suite in a process of its own: where the packages of Netty and Vert.x are on the class path, Jython takes
 * {@code io} for a Java package and does not find Python's own.
 */
final class FuzzingClient {
    /** What a line of the output begins with that has the name of a case, its behavior and its behavior on close. */
    static final String RESULT = "result ";

    private FuzzingClient() {}

    /** Takes the address of the server and the cases, separated by commas. */
    public static void main(String[] args) {
        List<FuzzingCaseResult> results = AutobahnTestSuite.runFuzzingClient(
                "weft", args[0], Map.of("version", 18), List.of(args[1].split(",")), List.of());
        for (FuzzingCaseResult result : results) {
            System.out.println(RESULT + result.caseName() + " " + result.behavior() + " " + result.behaviorClose());
        }
        System.exit(0);
    }
}
