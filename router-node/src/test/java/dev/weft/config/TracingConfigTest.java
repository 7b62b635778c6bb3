package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TracingConfigTest {
    private static ConfigReport load(String text) {
        return new ConfigLoader(Map.of(), List.of()).loadText("weft.yaml", text);
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(
                        "tracing: {endpoint: \"http://127.0.0.1:4318\"}",
                        "1:21: error: tracing.endpoint: expected a URL with a path and without a password, such as"
                                + " http://127.0.0.1:4318/v1/traces, found 'http://127.0.0.1:4318'"),
                Arguments.of(
                        "tracing: {endpoint: \"grpc://127.0.0.1:4317/v1/traces\"}",
                        "1:21: error: tracing.endpoint: expected a URL with a path and without a password, such as"
                                + " http://127.0.0.1:4318/v1/traces, found 'grpc://127.0.0.1:4317/v1/traces'"),
                Arguments.of(
                        "tracing: {sample: 1.5}",
                        "1:19: error: tracing.sample: expected a number from 0 to 1 such as 0.01, found '1.5'"),
                Arguments.of(
                        "tracing: {sample: 1%}",
                        "1:19: error: tracing.sample: expected a number from 0 to 1 such as 0.01, found '1%'"),
                Arguments.of(
                        "tracing: {attributes: [a]}",
                        "1:24: error: tracing.attributes[0]: expected name=value, found 'a'"),
                Arguments.of("tracing: {attributes: [a=1, b=2, a=3]}", "1:23: error: tracing.attributes: has a twice"),
                Arguments.of(
                        "tracing: {attributes: [service.name=shop]}",
                        "1:23: error: tracing.attributes: the node itself says what service.name is"
                                + " (write service-name)"),
                Arguments.of(
                        "tracing: {headers: [{name: a, value: b}, {name: A, value: c}]}",
                        "1:20: error: tracing.headers: has A twice"),
                Arguments.of(
                        "tracing: {headers: [{name: \"a b\", value: hidden}]}",
                        "1:28: error: tracing.headers[0].name: expected the name of a header, found 'a b'"),
                Arguments.of(
                        "tracing: {max-queue: 10}",
                        "1:22: error: tracing.max-queue: 10 is too small, the least is 512"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamedWithItsPlace(String text, String problem) {
        assertThat(load(text).problems())
                .filteredOn(found -> found.severity() == ConfigProblem.Severity.ERROR)
                .extracting(String::valueOf)
                .containsExactly("weft.yaml:" + problem);
    }

    @Test
    void withoutAnEndpointThereIsNoTracing() {
        assertThat(load("").config().orElseThrow().tracing().enabled()).isFalse();
    }

    @Test
    void anEndpointTurnsItOn() {
        TracingConfig tracing = load("tracing: {endpoint: \"https://[::1]:4318/a/b?c=d\", sample: 0.25,"
                        + " attributes: [a=b=c, d=], headers: [{name: x-key, value: hidden}]}")
                .config()
                .orElseThrow()
                .tracing();
        assertThat(tracing.enabled()).isTrue();
        assertThat(tracing.sample().value()).isEqualTo(0.25);
        assertThat(tracing.attributesByName()).isEqualTo(Map.of("a", "b=c", "d", ""));
        assertThat(tracing.toString()).doesNotContain("hidden");
    }
}
