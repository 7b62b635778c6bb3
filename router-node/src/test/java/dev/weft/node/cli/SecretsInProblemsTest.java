package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Unseen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is wrong, or stands where it is not understood, is reported and not shown. */
class SecretsInProblemsTest {
    private static final String SECRET = "Zq7-correct-horse-battery-staple";
    private static final String REALM =
            "realms: [{uri: realm1, auth: {methods: [ticket], principals: [principals.yaml]},"
                    + " roles: [{name: user, permissions: [{uri: a, allow: [call]}]}]}]\n";

    @TempDir
    Path directory;

    private final StringWriter printed = new StringWriter();

    private int run(Map<String, String> environment, String... arguments) {
        PrintWriter writer = new PrintWriter(printed, true);
        return WeftCommand.create(
                        (config, source) -> {
                            throw new AssertionError("started with " + arguments[0]);
                        },
                        environment,
                        new Console(writer, writer),
                        ListeningNode.class)
                .execute(arguments);
    }

    private void isReportedUnseen(Map<String, String> environment, String... more) throws IOException {
        Path file = directory.resolve("weft.yaml");
        for (List<String> command : List.of(
                List.of("check-config", file.toString()),
                List.of("serve", "--config", file.toString()),
                List.of("explain", "--config", file.toString(), "--role", "user", "call", "a"))) {
            String[] all = java.util.stream.Stream.concat(command.stream(), List.of(more).stream())
                    .toArray(String[]::new);
            assertThat(run(environment, all)).as(String.join(" ", all)).isEqualTo(ExitStatus.USAGE);
        }
        assertThat(printed.toString()).contains("error");
        new Unseen().add("the secret", SECRET).isUnseenIn(printed.toString());
    }

    private void principals(String text) throws IOException {
        Files.writeString(directory.resolve("principals.yaml"), text);
        Files.writeString(directory.resolve("weft.yaml"), REALM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster: {key: [SECRET]}",
                "cluster: {key: {SECRET: SECRET}}",
                "cluster: {kye: SECRET}",
                "cluster: {key: SECRET, key-file: nowhere}",
                "cluster: {key:SECRET}",
                "cluster: {key-file: [SECRET]}",
                "cluster: {key: \"SECRET}",
                "cluster: {key: 'SECRET}",
                "cluster:\n  key: SECRET: SECRET",
                "cluster:\n  key: @SECRET",
                "cluster:\n  key: `SECRET",
                "cluster:\n  key: %SECRET",
                "cluster:\n  key: *SECRET",
                "cluster:\n  key: |SECRET",
                "cluster:\n  key: \"\\SECRET\"",
                "cluster:\n  key: SECRET\n key: SECRET",
                "cluster:\n  key: ${SECRET",
                "cluster: SECRET",
                "cluster: {previous-keys: [SECRET]}",
                "cluster: {previous-keys: {key: SECRET}}",
                "authentication: {router-key: SECRET}",
                "authentication: {secret: [SECRET]}",
                "authentication: {secret: SECRET, secret-file: nowhere}",
                "cluster: {link: {secret: {a: SECRET}}}"
            })
    void inTheConfiguration(String text) throws IOException {
        principals("principals: []\n");
        Files.writeString(directory.resolve("weft.yaml"), REALM + text.replace("SECRET", SECRET));
        isReportedUnseen(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket: [SECRET]",
                "ticket: {a: SECRET}",
                "tiket: SECRET",
                "ticket: \"SECRET",
                "ticket: SECRET: SECRET",
                "x: {ticket:SECRET}",
                "ticket: !SECRET!x y",
                "ticket: @SECRET",
                "ticket: *SECRET",
                "ticket: $argon2id$v=19$m=1,t=1,p=1$SECRET",
                "ticket: $pbkdf2-sha256$i=1$SECRET$SECRET",
                "wampcra: $wampcra$i=SECRET",
                "wampcra: $wampcra$i=1000,l=32$salt$SECRET",
                "scram: SECRET",
                "scram: $scram$kdf=pbkdf2,i=4096$SECRET$SECRET$SECRET",
                "scram: $scram$kdf=SECRET$a$b$c",
                "ticket: SECRET, ticket-file: nowhere",
                "ticket: SECRET\n  ticket: SECRET",
                "ticket: SECRET\n public-keys: [no key]"
            })
    void inAFileOfPrincipals(String line) throws IOException {
        principals("principals:\n- authid: alice\n  role: user\n  " + line.replace("SECRET", SECRET) + "\n");
        isReportedUnseen(Map.of());
    }

    @Test
    void inAFileOfItsOwn() throws IOException {
        principals("principals: [{authid: alice, role: user, scram-file: scram}]\n");
        Files.writeString(directory.resolve("scram"), SECRET + "\n");
        isReportedUnseen(Map.of());
    }

    @Test
    void inTheEnvironment() throws IOException {
        principals("principals: [{authid: alice, role: user, scram: \"${ALICE}\"}]\n");
        isReportedUnseen(Map.of("ALICE", SECRET, "WEFT_AUTHENTICATION__ROUTER_KEY", SECRET));
    }

    @Test
    void onTheCommandLine() throws IOException {
        principals("principals: []\n");
        isReportedUnseen(Map.of(), "--set", "authentication.router-key=" + SECRET, "--set", "cluster.kye=" + SECRET);
    }

    @Test
    void whereSomethingIsPutUnderIt() throws IOException {
        principals("principals: []\n");
        Files.writeString(directory.resolve("weft.yaml"), REALM + "cluster: {key: " + SECRET + "}\n");
        isReportedUnseen(Map.of(), "--set", "cluster.key.a=b");
    }

    @Test
    void inAFileThatIsNoConfiguration() throws IOException {
        Files.writeString(directory.resolve("weft.yaml"), SECRET + "\n");
        isReportedUnseen(Map.of());
    }

    @Test
    void inThePrivateKeyOfAListener() throws IOException {
        principals("principals: []\n");
        Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(
                directory.resolve("weft.yaml"),
                REALM + "listeners: [{address: \"127.0.0.1:0\", tls: {certificate: key.pem, key: key.pem}}]\n");
        isReportedUnseen(Map.of());
    }
}
