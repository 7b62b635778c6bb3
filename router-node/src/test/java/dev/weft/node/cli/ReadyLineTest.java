package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyLineTest {
    @Test
    void itIsReadBackAsItWasWritten() {
        ReadyLine line = new ReadyLine(
                "a \"b\" \\ \u0001", List.of("ws://127.0.0.1:1/ws", "unix:/tmp/x"), List.of("a"), "127.0.0.1:8180");

        assertThat(ReadyLine.parse(line.format())).contains(line);
    }

    @Test
    void otherLinesAreNotReadyLines() {
        assertThat(ReadyLine.parse("")).isEmpty();
        assertThat(ReadyLine.parse("READY")).isEmpty();
        assertThat(ReadyLine.parse("READY {")).isEmpty();
        assertThat(ReadyLine.parse("READY 5")).isEmpty();
    }
}
