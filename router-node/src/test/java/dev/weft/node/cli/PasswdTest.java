package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.config.PrincipalConfig;
import dev.weft.config.PrincipalsReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Passwords from standard input, into files of principals. */
@ResourceLock(Resources.SYSTEM_OUT)
class PasswdTest {
    private static final String SECRET = "correct horse";

    @TempDir
    private Path directory;

    private final InputStream before = System.in;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void input() {
        file = directory.resolve("principals.yaml");
    }

    @AfterEach
    void restore() {
        System.setIn(before);
        assertThat(out + err.toString()).doesNotContain(SECRET);
    }

    private int run(String... arguments) {
        System.setIn(new ByteArrayInputStream((SECRET + "\n").getBytes(StandardCharsets.UTF_8)));
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return WeftCommand.create((config, source) -> null, Map.of(), console, ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void theHashOfAPasswordIsWhatTheRouterAccepts() {
        assertThat(run("hash-password", "--for", "ticket", "--kdf", "pbkdf2", "--iterations", "1000"))
                .isZero();
        assertThat(TicketCredential.parse(printed()).isProvedBy(SECRET)).isTrue();
        assertThat(run("hash-password", "--for", "ticket")).isZero();
        assertThat(printed()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(run("hash-password", "--for", "wampcra", "--iterations", "1000"))
                .isZero();
        assertThat(CraCredential.parse(printed()).iterations()).isEqualTo(1000);
        assertThat(run("hash-password")).isZero();
        assertThat(ScramCredential.parse(printed()).kdf()).isEqualTo(ScramCredential.Kdf.ARGON2ID);
        assertThat(run("hash-password", "--kdf", "pbkdf2", "--iterations", "10"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the router would not accept that");
    }

    /** Half of them have none of the characters that only base64 has. */
    @Test
    void theSaltOfANameThatNobodyHasLooksLikeOneThatTheCommandWrites() {
        for (int i = 0; i < 16; i++) {
            assertThat(run("hash-password", "--for", "wampcra", "--iterations", "1000"))
                    .isZero();
            CraCredential written = CraCredential.parse(printed());
            assertThat(written.salt()).matches("[A-Za-z0-9+/]{21}[AQgw]==");
            for (int name = 0; name < 50; name++) {
                assertThat(written.decoy(new byte[] {(byte) name}).salt()).matches("[A-Za-z0-9+/]{21}[AQgw]==");
            }
        }
    }

    private String printed() {
        String text = out.toString().strip();
        out.getBuffer().setLength(0);
        return text;
    }

    @Test
    void aNewFileIsOfItsOwnerAlone() throws Exception {
        assertThat(passwd("alice", "--role", "user")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(proved("alice")).isTrue();
    }

    @Test
    void allElseInTheFileStaysAsItIs() throws Exception {
        String text = """
                # Who may join.
                principals:
                  - authid: "alice"   # the first
                    role: user
                    ticket: old
                    public-keys: []   # none yet

                  - { authid: bob, role: admin, enabled: true }
                """;
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(passwd("alice")).isZero();
        assertThat(passwd("bob")).isZero();
        assertThat(passwd("carol", "--role", "user")).isZero();

        String changed = Files.readString(file);
        assertThat(changed.replaceAll("\"?\\$pbkdf2[^\"]*\"?", "X"))
                .isEqualTo(text.replace("ticket: old", "ticket: X").replace("bob, role", "bob, ticket: X, role")
                        + "  - authid: \"carol\"\n    role: \"user\"\n    ticket: X\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(List.of("alice", "bob", "carol")).allMatch(this::proved);
    }

    @Test
    void aUserWhoIsNotThereNeedsARole() throws Exception {
        Files.writeString(file, "principals: []\n");
        assertThat(passwd("alice")).isEqualTo(2);
        assertThat(err.toString()).contains("a new user needs --role");
        assertThat(passwd("alice", "--role", "user")).isEqualTo(1);
        assertThat(file).hasContent("principals: []\n");
    }

    @Test
    void whatANodeWouldNotAcceptIsNotWritten() throws Exception {
        Files.writeString(file, "principals:\n  - authid: alice\n    ticket: old\n");
        assertThat(passwd("alice")).isEqualTo(1);
        assertThat(err.toString()).contains("would not be accepted: missing");
        assertThat(Files.readString(file)).contains("ticket: old");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    private int passwd(String user, String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "passwd",
                                file.toString(),
                                user,
                                "--for",
                                "ticket",
                                "--kdf",
                                "pbkdf2",
                                "--iterations",
                                "1000"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private boolean proved(String authid) {
        return new PrincipalsReader(Map.of())
                .read("realm1", List.of(file)).principals().stream()
                        .filter(principal -> principal.authid().equals(authid))
                        .map(PrincipalConfig::ticket)
                        .allMatch(ticket ->
                                TicketCredential.parse(ticket.reveal()).isProvedBy(SECRET));
    }
}
