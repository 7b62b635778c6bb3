package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Map<String, Measured> MEASURED = Map.of(
            "A.a", new Measured(0, 1),
            "B.b:entries=1", new Measured(8, 2),
            "B.b:entries=10", new Measured(16, 3));

    @Test
    void aNameIsOfAMethodWithAllItsCasesOrOfOneCase() throws IOException {
        assertThat(Guard.named(List.of("B.b"), MEASURED)).containsOnlyKeys("B.b:entries=1", "B.b:entries=10");
        assertThat(Guard.named(List.of("B.b:entries=1", "A.a"), MEASURED)).containsOnlyKeys("B.b:entries=1", "A.a");
    }

    @Test
    void withoutNamesAllIsMeant() throws IOException {
        assertThat(Guard.named(List.of(), MEASURED)).isEqualTo(MEASURED);
    }

    @Test
    void aNameThatNothingHasIsTold() {
        assertThatIOException()
                .isThrownBy(() -> Guard.named(List.of("A.a", "B.b:entries=2"), MEASURED))
                .withMessage("there is no benchmark B.b:entries=2");
    }
}
