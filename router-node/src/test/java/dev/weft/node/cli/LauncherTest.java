package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code weft} in a small copy of the sources, with a Java and a Maven that only say that they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs bash")
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cp",
            "dirname",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail");

    @TempDir
    Path directory;

    private Path sources;
    private Path bin;

    private record Outcome(int status, String output) {}

    @BeforeEach
    void aSmallCopyOfTheSources() throws IOException {
        sources = Files.createDirectory(directory.resolve("sources"));
        Files.copy(Path.of("").toAbsolutePath().getParent().resolve("weft"), sources.resolve("weft"));
        write(sources.resolve("pom.xml"), "");
        for (String module : List.of("cluster-protocol", "router-node", "load-tests")) {
            write(sources.resolve(module).resolve("pom.xml"), "");
            write(sources.resolve(module).resolve("src/main/java/A.java"), "");
        }
        bin = Files.createDirectory(directory.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private static void script(Path file, String text) throws IOException {
        write(file, "#!/bin/bash\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path jdk(String version) throws IOException {
        Path jdk = directory.resolve("jdk-" + version);
        script(jdk.resolve("bin/java"), "echo java: \"$@\"");
        script(jdk.resolve("bin/javac"), "");
        write(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private void maven(String text) throws IOException {
        script(bin.resolve("mvn"), "echo \"$@\" >>\"" + directory + "/mvn-calls\"\n" + text);
    }

    private List<String> mavenCalls() throws IOException {
        Path calls = directory.resolve("mvn-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private Outcome weft(Map<String, String> environment, String... arguments) throws Exception {
        return run(sources.resolve("weft"), environment, arguments);
    }

    private Outcome run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        Path output = directory.resolve("output");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    private static Map<String, String> javaHome(Path jdk) {
        return Map.of("JAVA_HOME", jdk.toString());
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        Outcome outcome = weft(Map.of(), "up");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("There is no java in the PATH, and JAVA_HOME is not set.")
                .contains("Weft needs a JDK of version 17 or later.")
                .contains("sudo apt-get install openjdk-17-jdk")
                .contains("brew install openjdk@17");
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        for (String version : List.of("1.8.0_292", "11.0.2", "16")) {
            Outcome outcome = weft(javaHome(jdk(version)), "up");

            assertThat(outcome.status()).isEqualTo(2);
            assertThat(outcome.output()).contains("JAVA_HOME is ").contains("and that is Java " + version + ".");
        }
    }

    @Test
    void aJavaHomeThatIsNoneIsRefused() throws Exception {
        Outcome outcome = weft(Map.of("JAVA_HOME", "/nowhere"), "up");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).contains("JAVA_HOME is /nowhere, but there is no /nowhere/bin/java.");
    }

    @Test
    void aJavaWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
        script(directory.resolve("other/bin/java"), "echo 'openjdk version \"11.0.1\" 2018-10-16' >&2");

        Outcome outcome = weft(javaHome(directory.resolve("other")), "up");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).contains("and that is Java 11.0.1.");
    }

    @Test
    void aJreCannotCompile() throws Exception {
        Path jre = jdk("17.0.1");
        Files.delete(jre.resolve("bin/javac"));

        Outcome outcome = weft(javaHome(jre), "up");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).contains("belongs to a JRE").contains("openjdk-17-jdk");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Outcome outcome = weft(javaHome(jdk("17.0.1")), "up");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).contains("there is no mvn in the PATH").contains("sudo apt-get install maven");
    }

    @Test
    void itBuildsOnlyWhatIsOlderThanTheSources() throws Exception {
        maven("echo '[INFO] BUILD SUCCESS'");
        Map<String, String> java = javaHome(jdk("17.0.1"));

        Outcome first = weft(java, "version");
        Outcome second = weft(java, "version");
        assertThat(first.output()).contains("building from the sources").contains("java: ");
        assertThat(second.output()).startsWith("java: ");
        assertThat(mavenCalls()).containsExactly("-B package -Dmaven.test.skip -Dfast -pl router-node -am");

        Path changed = sources.resolve("cluster-protocol/src/main/java/A.java");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
        weft(java, "version");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void chaosBuildsTheRouterAndTheFaultSuite() throws Exception {
        maven("echo '[INFO] BUILD SUCCESS'");
        Map<String, String> java = javaHome(jdk("17.0.1"));

        weft(java, "chaos", "--seed", "1");
        Outcome second = weft(java, "chaos", "--seed", "1");

        assertThat(mavenCalls())
                .containsExactly(
                        "-B package -Dmaven.test.skip -Dfast -pl router-node -am",
                        "-B package -Dmaven.test.skip -Dfast -pl load-tests -am");
        assertThat(second.output())
                .isEqualTo("java: -jar " + sources + "/load-tests/target/load-tests.jar chaos --weft " + sources
                        + "/weft --seed 1\n");
    }

    @Test
    void aBuildThatFailsShowsItsErrors() throws Exception {
        maven("echo '[INFO] fine'; echo '[ERROR] A.java: no such thing'; exit 1");

        Outcome outcome = weft(javaHome(jdk("17.0.1")), "version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the build failed:\n[ERROR] A.java: no such thing\n")
                .contains("router-node/target/weft-build.log")
                .doesNotContain("Main version");
        assertThat(sources.resolve("router-node/target/weft-built")).doesNotExist();
        assertThat(sources.resolve("router-node/target/weft-build.lock")).doesNotExist();
    }

    @Test
    void javaGetsTheFlagsThatItKnowsAndThoseOfTheUser() throws Exception {
        maven("");
        Map<String, String> options = new HashMap<>(Map.of("JAVA_OPTS", "-Xmx1g -Da=b", "WEFT_JAVA_OPTS", "-Dc=d"));

        options.putAll(javaHome(jdk("17.0.1")));
        weft(options, "version");
        Outcome on17 = weft(options, "serve", "--set", "a b");
        assertThat(on17.output())
                .contains("java: @" + sources + "/router-node/src/main/launcher/java.options -XX:SharedArchiveFile=")
                .contains(".jsa -Xlog:cds*=off -Xmx1g -Da=b -Dc=d -cp ")
                .endsWith("dev.weft.node.cli.Main serve --set a b\n")
                .doesNotContain("native-access");

        options.putAll(javaHome(jdk("25.0.3")));
        assertThat(weft(options, "version").output())
                .contains("--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void aStartIsRehearsedOnceForEachJavaAndBuild() throws Exception {
        maven("");
        Map<String, String> java = javaHome(jdk("17.0.1"));
        Path archive = sources.resolve("router-node/target/classes-17.0.1.jsa");
        script(
                directory.resolve("jdk-17.0.1/bin/java"),
                "echo java: \"$@\"; case $1 in *.made) echo archive >\"${1#*=}\";; esac");

        assertThat(weft(java, "version").output()).doesNotContain("rehears");
        assertThat(weft(java, "serve").output())
                .contains("rehearsing a start")
                .contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).exists();
        assertThat(weft(java, "serve").output()).doesNotContain("rehears");
        assertThat(weft(javaHome(jdk("25.0.3")), "serve").output()).contains("rehearsing a start");

        Files.setLastModifiedTime(
                sources.resolve("router-node/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        weft(java, "version");
        assertThat(archive).doesNotExist();
    }

    @Test
    void whereTheRehearsalFailsNodesStartAllTheSame() throws Exception {
        maven("");
        Map<String, String> java = javaHome(jdk("17.0.1"));
        script(directory.resolve("jdk-17.0.1/bin/java"), "case \"$*\" in *rehearse) exit 1;; esac; echo java: \"$@\"");

        Outcome first = weft(java, "serve");
        Outcome second = weft(java, "serve");

        assertThat(first.status()).isZero();
        assertThat(first.output()).contains("the rehearsal failed").endsWith("Main serve\n");
        assertThat(second.output()).startsWith("java: ").endsWith("Main serve\n");
    }

    @Test
    void itFindsItsSourcesThroughLinks() throws Exception {
        maven("");
        Files.createSymbolicLink(directory.resolve("relative"), Path.of("sources/weft"));
        Path link = Files.createSymbolicLink(bin.resolve("weft"), directory.resolve("relative"));

        Outcome outcome = run(link, javaHome(jdk("17.0.1")), "version");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output()).contains("-cp " + sources + "/router-node/target/router-node.jar:");
    }

    @Test
    void testRunsMavenWithTheArguments() throws Exception {
        maven("echo \"in $(pwd)\"; exit 3");

        Outcome outcome = weft(javaHome(jdk("17.0.1")), "test", "-pl", "router-node");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.output()).contains("in " + sources);
        assertThat(mavenCalls()).containsExactly("-B verify -pl router-node");
    }
}
