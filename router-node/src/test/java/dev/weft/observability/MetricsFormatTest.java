package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Prometheus 2.42
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                // Prometheus 3
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                // Prometheus with native histograms
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                        + "application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                "Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.1",
                "text/plain;q=0.5, application/openmetrics-text;q=0.5",
                "text/plain;q=0, application/openmetrics-text;q=0.001",
                "*/*;q=0.9, text/plain;q=0.1, application/openmetrics-text;q=0.2",
            })
    void openMetricsIsSentToWhoWantsItAtLeastAsMuchAsText(String accept) {
        assertThat(MetricsFormat.wantedBy(accept)).isEqualTo(MetricsFormat.OPEN_METRICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/*",
                "text/plain",
                "text/plain;version=0.0.4;q=1,*/*;q=0.1",
                "application/json",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=0.0, */*",
                "application/openmetrics-text;version=0.0.1",
                "application/openmetrics-text;version=2.0.0, text/plain;q=0.1",
                "application/openmetrics-text;q=0.4, text/plain;q=0.5",
                "application/openmetrics-text;q=0.4, text/*;q=0.5",
                "application/openmetrics-text;q=0.4, */*;q=0.5",
                "application/openmetrics-text;q=2",
                "application/openmetrics-text;q=",
                "application/openmetrics-text;q=0.1234",
                "application/openmetrics-text;q=NaN",
                "application/openmetrics-text;nonsense",
                "application/openmetrics-texts",
                ",;,=;q",
            })
    void everyoneElseGetsText(String accept) {
        assertThat(MetricsFormat.wantedBy(accept)).isEqualTo(MetricsFormat.TEXT);
    }
}
