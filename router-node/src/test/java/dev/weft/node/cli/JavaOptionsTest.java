package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flags of Java that the launcher gives to a node, and those of the image. */
class JavaOptionsTest {
    private static final Path SOURCES = Path.of("src/main").toAbsolutePath();

    /** The image has only the modules that are needed. */
    private static final String MODULES = "--add-modules java.se";

    private static List<String> options(String directory) throws IOException {
        return Files.readAllLines(SOURCES.resolve(directory).resolve("java.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void theImageHasAllFlagsOfTheLauncherButThatOfTheModules() throws IOException {
        List<String> launcher = options("launcher");
        assertThat(launcher).contains(MODULES, "-XX:G1PeriodicGCInterval=60000");
        assertThat(options("image"))
                .containsAll(launcher.stream()
                        .filter(option -> !option.equals(MODULES))
                        .toList());
    }
}
