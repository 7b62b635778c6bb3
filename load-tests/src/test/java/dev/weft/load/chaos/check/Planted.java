package dev.weft.load.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Violations planted in the good day, each of which one checker must see. */
final class Planted {
    private static final int LEAST = 10;
    private static final Bounds BOUNDS = Bounds.promised(Duration.ofSeconds(1));

    private final Checker checker;
    private final List<DynamicTest> tests = new ArrayList<>();

    private Planted(Checker checker) {
        this.checker = checker;
    }

    static Planted in(Checker checker) {
        return new Planted(checker);
    }

    /** What the checker says of a day. */
    static List<String> violations(Checker checker, Day day) {
        List<String> violations = new ArrayList<>();
        checker.check(new Evidence(day.entries(), BOUNDS, 0), violations::add);
        return violations;
    }

    Planted seen(String what, UnaryOperator<Day> planted) {
        tests.add(DynamicTest.dynamicTest(
                what,
                () -> assertThat(violations(checker, planted.apply(GoodDay.day())))
                        .isNotEmpty()));
        return this;
    }

    Planted fine(String what, UnaryOperator<Day> change) {
        tests.add(DynamicTest.dynamicTest(
                what,
                () -> assertThat(violations(checker, change.apply(GoodDay.day())))
                        .isEmpty()));
        return this;
    }

    Stream<DynamicTest> tests() {
        assertThat(tests).as("planted violations").hasSizeGreaterThanOrEqualTo(LEAST);
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest(
                        "the good day is fine",
                        () -> assertThat(violations(checker, GoodDay.day())).isEmpty())),
                tests.stream());
    }
}
