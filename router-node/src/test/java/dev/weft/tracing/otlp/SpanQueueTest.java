package dev.weft.tracing.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.tracing.SpanCounts;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SpanQueueTest {
    private static final int ROOM = 512;

    /** Answers when it is told to. */
    private static final class SlowCollector implements SpanExporter {
        private final List<Integer> batches = new CopyOnWriteArrayList<>();
        private final CompletableResultCode answer;
        private volatile boolean broken;

        private SlowCollector(CompletableResultCode answer) {
            this.answer = answer;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            batches.add(spans.size());
            return answer;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private static void end(SdkTracerProvider provider, int spans) {
        Tracer tracer = provider.get("test");
        for (int i = 0; i < spans; i++) {
            tracer.spanBuilder("span").startSpan().end();
        }
    }

    @Test
    void whatFindsNoRoomIsDroppedAndCountedAndNobodyWaits() {
        CompletableResultCode answer = new CompletableResultCode();
        SlowCollector collector = new SlowCollector(answer);
        SpanQueue queue = new SpanQueue(collector, ROOM, Duration.ofSeconds(30));
        queue.start();
        SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(queue).build();
        end(provider, 1);
        await().until(() -> collector.batches.size() == 1);
        end(provider, ROOM + 100);
        assertThat(queue.counts()).isEqualTo(new SpanCounts(0, 0, 100));
        answer.succeed();
        await().until(() -> queue.counts().exported() == ROOM + 1);
        provider.close();
        assertThat(queue.counts()).isEqualTo(new SpanCounts(ROOM + 1, 0, 100));
        end(provider, 1);
        assertThat(queue.counts().exported()).isEqualTo(ROOM + 1);
    }

    /** The one thread must go on. */
    @Test
    void anExporterThatBreaksDownLosesItsBatchAndNoOther() {
        SlowCollector collector = new SlowCollector(CompletableResultCode.ofSuccess());
        collector.broken = true;
        SpanQueue queue = new SpanQueue(collector, ROOM, Duration.ofSeconds(30));
        queue.start();
        SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(queue).build();
        end(provider, 2);
        await().until(() -> queue.counts().refused() == 2);
        collector.broken = false;
        end(provider, 3);
        await().until(() -> queue.counts().exported() == 3);
        provider.close();
    }

    @Test
    void whatTheCollectorDoesNotTakeInTimeIsCountedAsRefused() {
        SpanQueue queue = new SpanQueue(new SlowCollector(new CompletableResultCode()), ROOM, Duration.ofMillis(50));
        queue.start();
        SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(queue).build();
        end(provider, 3);
        await().until(() -> queue.counts().refused() == 3);
        provider.close();
        assertThat(queue.counts()).isEqualTo(new SpanCounts(0, 3, 0));
    }
}
