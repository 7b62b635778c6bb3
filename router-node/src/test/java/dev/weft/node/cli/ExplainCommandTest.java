package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.node.NodeStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final NodeStarter NONE = (config, source) -> {
        throw new IllegalStateException("no node is started here");
    };

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("weft.yaml"), """
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous], anonymous-role: guest}
                    roles:
                      - name: guest
                        permissions:
                          - {uri: com.example., match: prefix, allow: [call, subscribe]}
                          - uri: com.example.internal.
                            match: prefix
                            allow: []
                      - name: staff
                """);
    }

    private int explain(String... arguments) {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        String[] all = new String[arguments.length + 3];
        all[0] = "explain";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return WeftCommand.create(NONE, Map.of(), console, Main.class).execute(all);
    }

    @Test
    void thePermissionThatAllowsIsNamedWithItsLine() {
        assertThat(explain("--realm", "realm1", "--role", "guest", "call", "com.example.x"))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "allowed: the role guest may call com.example.x in realm1",
                        "  decided by " + file
                                + ":7:13: realms[0].roles[0].permissions[0]: prefix \"com.example.\" allow"
                                + " [call, subscribe]",
                        "  callees are told who calls if it asks for that by disclose_me, or they by disclose_caller");
    }

    @Test
    void whetherSomebodyIsDisclosedIsSaidByTheLeastOfThePermissionsThatDecide() throws IOException {
        Files.writeString(file, """
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous], anonymous-role: guest}
                    disclosure: always
                    roles:
                      - name: guest
                        permissions:
                          - {uri: com.example., match: prefix, allow: [call, publish, subscribe]}
                          - {uri: ..secret, match: wildcard, allow: [call, publish], disclosure: refuse}
                """);
        assertThat(told("publish", "com.example.news"))
                .containsExactly("  subscribers are told who publishes, without being asked for it");
        assertThat(told("call", "com.example.secret"))
                .containsExactly("  callees are not told who calls, and disclose_me is refused");
        assertThat(told("subscribe", "com.example.news")).isEmpty();
        assertThat(told("call", "org.example.news")).isEmpty();
    }

    private List<String> told(String... arguments) {
        out.getBuffer().setLength(0);
        explain(arguments);
        return out.toString()
                .lines()
                .filter(line -> line.contains(" told who "))
                .toList();
    }

    @Test
    void aDenialNamesTheMoreSpecificPermissionAndThoseThatItOverrules() {
        assertThat(explain("call", "com.example.internal.x")).isOne();

        assertThat(out.toString().lines())
                .containsExactly(
                        "denied: the role guest may not call com.example.internal.x in realm1",
                        "  matches, too " + file
                                + ":7:13: realms[0].roles[0].permissions[0]: prefix \"com.example.\" allow"
                                + " [call, subscribe]",
                        "  decided by " + file + ":8:13: realms[0].roles[0].permissions[1]: prefix"
                                + " \"com.example.internal.\" allow []");
    }

    @Test
    void aPatternIsDeniedByWhatMatchesSomeOfIt() {
        assertThat(explain("subscribe", "com.example.", "--match", "prefix")).isOne();

        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .first()
                .isEqualTo("denied: the role guest may not subscribe to prefix \"com.example.\" in realm1");
        assertThat(out.toString()).contains("decided by " + file + ":8:13");
    }

    @Test
    void whatNothingMatchesIsDenied() {
        assertThat(explain("--role", "staff", "register", "com.example.x", "--invoke", "roundrobin"))
                .isOne();

        assertThat(out.toString().lines())
                .containsExactly(
                        "denied: the role staff may not register com.example.x (invoke: roundrobin) in realm1",
                        "  no permission matches it, and what is not allowed is denied");
    }

    @Test
    void reservedUrisAreRefusedWhateverIsAllowed() {
        assertThat(explain("publish", "wamp.session.on_join")).isOne();

        assertThat(out.toString())
                .startsWith("refused with wamp.error.invalid_uri, whatever is allowed: URIs that begin with wamp");
    }

    @Test
    void whatDoesNotExistIsSaid() {
        assertThat(explain("--role", "boss", "call", "com.example.x")).isEqualTo(2);
        assertThat(explain("--realm", "realm2", "call", "com.example.x")).isEqualTo(2);
        assertThat(explain("calls", "com.example.x")).isEqualTo(2);
        assertThat(explain("publish", "com.example.", "--match", "prefix")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "weft explain: there is no role boss. There are: guest, staff",
                        "weft explain: there is no realm realm2. There are: realm1",
                        "weft explain: ACTION is one of call, register, publish, subscribe, not 'calls'",
                        "weft explain: --match is for subscribe and register");
    }
}
