package dev.weft.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static TraceContext parsed(String traceparent, String tracestate) {
        TraceContext context = TraceContext.parse(traceparent, tracestate);
        assertThat(context).as(traceparent).isNotNull();
        return context;
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        TraceContext context = parsed(SAMPLED, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
        assertThat(context.traceparent()).isEqualTo(SAMPLED);
        assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(context.sampled()).isTrue();
        assertThat(context.state()).isEqualTo("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
    }

    @Test
    void ofTheFlagsOnlySampledIsKnown() {
        assertThat(parsed(SAMPLED.replaceAll("01$", "fe"), null).sampled()).isFalse();
        assertThat(parsed(SAMPLED.replaceAll("01$", "ff"), null).traceparent()).isEqualTo(SAMPLED);
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnownAndPassedOnAsVersion00() {
        assertThat(parsed("cc" + SAMPLED.substring(2), null).traceparent()).isEqualTo(SAMPLED);
        assertThat(parsed("cc" + SAMPLED.substring(2) + "-what-the-future-brings", null)
                        .traceparent())
                .isEqualTo(SAMPLED);
        assertThat(TraceContext.parse("cc" + SAMPLED.substring(2) + ".what", null))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"
            })
    void whatIsMalformedCountsAsNotWritten(String traceparent) {
        assertThat(TraceContext.parse(traceparent, "a=b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "a=", "=b", "A=b", "a=b,c", "a=b=c", "a=b\n", "a@=b", "1a=b", "a=ä"})
    void aMalformedStateAloneIsDropped(String tracestate) {
        assertThat(parsed(SAMPLED, tracestate).state()).isNull();
    }

    @Test
    void aStateMayHave32MembersAnd512Characters() {
        String most = "a=1,".repeat(31) + "tenant1@vendor=1";
        assertThat(parsed(SAMPLED, most).state()).isEqualTo(most);
        assertThat(parsed(SAMPLED, most + ", , ").state()).isEqualTo(most + ", , ");
        assertThat(parsed(SAMPLED, most + ",b=2").state()).isNull();
        String longest = "a=" + "x".repeat(254) + ",b=" + "y".repeat(253);
        assertThat(longest).hasSize(TraceContext.MAX_STATE);
        assertThat(parsed(SAMPLED, longest).state()).isEqualTo(longest);
        assertThat(parsed(SAMPLED, longest + " ").state()).isNull();
    }

    @Test
    void aStateAloneMeansNothing() {
        assertThat(TraceContext.parse(null, "a=b")).isNull();
    }
}
