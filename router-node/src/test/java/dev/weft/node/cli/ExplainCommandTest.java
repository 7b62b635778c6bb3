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
import java.util.stream.Stream;
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
                        "  callees are told who calls if it asks for that by disclose_me, or they by disclose_caller",
                        "  no authorizer is asked");
    }

    private void withPrincipals() throws IOException {
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: guest, ticket: secret}
                - {authid: bob, role: keeper, realms: [realm1], ticket: secret}
                - {authid: gone, role: guest, enabled: false, ticket: secret}
                """);
        Files.writeString(file, """
                authentication: {secret: "sixteen or more characters"}
                realms:
                  - uri: realm1
                    auth: {methods: [ticket], principals: [principals.yaml]}
                    roles:
                      - name: guest
                        permissions: [{uri: com.example., match: prefix, allow: [call, register, publish]}]
                        authorizer: {procedure: com.example.authorize, role: keeper}
                      - name: keeper
                        permissions: [{uri: com.example.authorize, allow: [call, register]}]
                  - uri: realm2
                    auth: {methods: [ticket, jwt], principals: [principals.yaml], jwt: {issuer: i, audience: [weft], keys-url: "https://i/keys", roles: [guest]}}
                    roles: [{name: guest}]
                """);
    }

    @Test
    void aPrincipalIsAskedAboutByItsRoleAndItIsSaidThatAnAuthorizerHasTheLastWord() throws IOException {
        withPrincipals();
        String[] publish = {"--realm", "realm1", "--authid", "alice", "publish", "com.example.x"};
        assertThat(explain(publish)).isZero();
        assertThat(explain("--realm", "realm1", "--authid", "alice", "--role", "guest", "publish", "com.example.x"))
                .isZero();

        List<String> once = List.of(
                "allowed: alice, by the role guest, may publish to com.example.x in realm1",
                "  decided by " + file
                        + ":7:23: realms[0].roles[0].permissions[0]: prefix \"com.example.\" allow [call, register, publish]",
                "  subscribers are told who publishes if it asks for that by disclose_me",
                "  com.example.authorize is asked about it and may deny it: an authorizer, registered by keeper");
        assertThat(out.toString().lines())
                .containsExactlyElementsOf(
                        Stream.concat(once.stream(), once.stream()).toList());
    }

    @Test
    void aPrincipalThatHasAnotherRoleOrIsNotThereIsSaid() throws IOException {
        withPrincipals();
        for (String authid : List.of("bob", "gone", "eve")) {
            assertThat(explain("--realm", "realm1", "--authid", authid, "--role", "guest", "call", "com.example.x"))
                    .isEqualTo(2);
        }
        assertThat(explain("--realm", "realm2", "--authid", "bob", "call", "com.example.x"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "weft explain: bob has the role keeper in realm1, not guest.",
                        "weft explain: no file of principals lets gone join realm1.",
                        "weft explain: no file of principals lets eve join realm1.",
                        "weft explain: no file of principals lets bob join realm2. Who joins by jwt is given a role there:"
                                + " say which by --role.");
        assertThat(out.toString()).isEmpty();
        assertThat(explain("--realm", "realm2", "--authid", "carol", "--role", "guest", "call", "com.example.x"))
                .isOne();
        assertThat(out.toString()).startsWith("denied: carol, by the role guest, may not call com.example.x in realm2");
    }

    @Test
    void whatTheRouterHasForItselfIsRefusedWhateverIsAllowed() throws IOException {
        withPrincipals();
        assertThat(explain("--realm", "realm1", "--role", "guest", "call", "com.example.authorize"))
                .isOne();
        assertThat(explain("--realm", "realm1", "--role", "guest", "register", "com.example.", "--match", "prefix"))
                .isOne();
        assertThat(out.toString().lines())
                .containsExactly(
                        "refused with wamp.error.not_authorized, whatever is allowed: only the router calls"
                                + " com.example.authorize",
                        "refused with wamp.error.not_authorized, whatever is allowed: the router calls com.example., and"
                                + " another role registers it");
        assertThat(explain("--realm", "realm1", "--authid", "bob", "register", "com.example.authorize"))
                .isZero();
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
        assertThat(explain("call", "com.example.x", "--invoke", "roundrobin")).isEqualTo(2);
        assertThat(explain("register", "com.example.x", "--invoke", "fifo")).isEqualTo(2);
        assertThat(explain("subscribe", "com.example.", "--match", "regex")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();

        assertThat(err.toString().lines())
                .containsExactly(
                        "weft explain: there is no role boss. There are: guest, staff",
                        "weft explain: there is no realm realm2. There are: realm1",
                        "weft explain: ACTION is one of call, register, publish, subscribe, not 'calls'",
                        "weft explain: --match is for subscribe and register",
                        "weft explain: --invoke is for register",
                        "weft explain: --invoke is one of single, roundrobin, random, first, last, not 'fifo'",
                        "weft explain: --match is one of exact, prefix, wildcard, not 'regex'");
    }

    @Test
    void aRealmWithoutAnonymousSessionsAndOneOfManyHaveToBeNamed() throws IOException {
        Files.writeString(file, """
                authentication: {secret: "sixteen or more characters"}
                realms:
                  - uri: realm1
                    auth: {methods: [jwt], jwt: {issuer: i, audience: [weft], keys-url: "https://i/keys", roles: [guest]}}
                    roles: [{name: guest}, {name: staff}]
                  - uri: com.tenant.
                    on-demand: {max-realms: 3}
                    auth: {methods: [jwt], jwt: {issuer: i, audience: [weft], keys-url: "https://i/keys", roles: [guest]}}
                    roles: [{name: guest}]
                """);
        assertThat(explain("call", "com.example.x")).isEqualTo(2);
        assertThat(explain("--realm", "realm1", "call", "com.example.x")).isEqualTo(2);
        assertThat(explain("--realm", "com.tenant.a", "call", "com.example.x")).isEqualTo(2);
        assertThat(explain("--realm", "com.tenant.a..b", "--role", "guest", "call", "com.example.x"))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "weft explain: which realm? Say so by --realm. There are: realm1, com.tenant.",
                        "weft explain: which role? Say so by --role. There are: guest, staff",
                        "weft explain: which role? Say so by --role. There are: guest",
                        "weft explain: there is no realm com.tenant.a..b. There are: realm1, com.tenant.");
    }

    @Test
    void whereThereIsNoRealmThatIsSaid() throws IOException {
        Files.writeString(file, "listeners: [{address: \"127.0.0.1:0\"}]\n");
        assertThat(explain("call", "com.example.x")).isEqualTo(2);

        assertThat(err.toString().lines()).endsWith("weft explain: there is no realm in the configuration");
    }

    @Test
    void aConfigurationThatIsNotThereOrWrongIsSaid() throws IOException {
        Files.delete(file);
        assertThat(explain("call", "com.example.x")).isEqualTo(2);
        Files.writeString(file, "realms: [{uri: realm1, auth: {methods: [anonymous]}, rules: []}]\n");
        assertThat(explain("call", "com.example.x")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith(file + ": error: there is no file " + file)
                .contains(file + ":1:54: error: realms[0].rules: there is no such key");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void malformedUrisAreRefusedWhateverIsAllowed() {
        for (String malformed : new String[] {"com..x", "com.example.x y", "com.example.#", ""}) {
            out.getBuffer().setLength(0);
            assertThat(explain("call", malformed)).as(malformed).isOne();
            assertThat(out.toString().strip())
                    .isEqualTo("refused with wamp.error.invalid_uri, whatever is allowed: no valid URI for match policy"
                            + " exact: " + (malformed.isEmpty() ? "it is empty" : malformed));
        }
    }
}
