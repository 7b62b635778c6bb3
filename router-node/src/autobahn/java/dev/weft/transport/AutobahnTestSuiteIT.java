package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.json.simple.parser.JSONParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.python.util.PythonInterpreter;

/**
 * The Autobahn WebSocket test suite against a listener behind which every message is sent back as it came. What happened in
 * each case is in {@code target/autobahntestsuite-reports}. Run with {@code mvn verify -Pautobahn};
 * {@code -Dautobahn.cases=6.*,7.*} runs some of the cases.
 */
class AutobahnTestSuiteIT {
    /** Informational: the suite only says what it saw, there is no right or wrong. */
    private static final Set<String> PASSED = Set.of("OK", "INFORMATIONAL");

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyCasePassesStrictly() throws Exception {
        try (TestListeners listeners = new TestListeners(new EchoAcceptor(), MessageEcho.speech())) {
            String url = "ws://127.0.0.1:" + listeners.open(MessageEcho.listener());
            List<String> results = run(url, System.getProperty("autobahn.cases", "*"));
            assertThat(results).isNotEmpty();
            assertThat(results).allSatisfy(result -> assertThat(PASSED).contains(result.split(" ")[1], result.split(" ")[2]));
            System.out.println(results.size() + " cases of the Autobahn test suite passed");
        }
    }

    private static List<String> run(String url, String cases) throws IOException, InterruptedException {
        String classPath = Stream.of(
                        FuzzingClient.class, AutobahnTestSuite.class, PythonInterpreter.class, JSONParser.class)
                .map(AutobahnTestSuiteIT::place)
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        FuzzingClient.class.getName(),
                        url,
                        cases)
                .redirectErrorStream(true)
                .start();
        List<String> results = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(FuzzingClient.RESULT)) {
                    results.add(line.substring(FuzzingClient.RESULT.length()));
                } else {
                    System.out.println(line);
                }
            }
        }
        assertThat(process.waitFor()).isZero();
        return results;
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source.getLocation().getPath();
    }
}
