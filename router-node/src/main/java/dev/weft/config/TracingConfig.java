package dev.weft.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans of calls and publications, for a collector of OpenTelemetry.
 *
 * @param endpoint empty if there is none
 */
public record TracingConfig(
        @Key(
                doc =
                        "Where spans are sent: the URL at which a collector of OpenTelemetry takes traces by OTLP over HTTP"
                                + " (protobuf). See [operations](operations.md#tracing).",
                unset = "no tracing",
                example = "http://127.0.0.1:4318/v1/traces",
                pattern =
                        "https?://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?/[A-Za-z0-9._~/-]+(\\?[A-Za-z0-9._~/&=-]*)?",
                patternSays = "a URL with a path and without a password, such as http://127.0.0.1:4318/v1/traces")
        String endpoint,

        @Key(
                doc = "Which share of the calls and publications that come without a trace context begin a trace. What"
                        + " comes with one is recorded if that says `sampled`, and else not.",
                value = "0.01")
        Share sample,

        @Key(
                doc = "The attribute `service.name` of all spans.",
                value = "weft",
                pattern = ".{1,255}",
                patternSays = "1 to 255 characters")
        String serviceName,

        @Key(
                doc =
                        "Further attributes of the node, that all spans get. `service.instance.id` is the name of the node,"
                                + " `service.version` that of Weft, `weft.cluster` that of its cluster.",
                value = "[]",
                example = "[deployment.environment.name=production, cloud.region=eu-1]",
                pattern = "[A-Za-z0-9_.-]{1,255}=.{0,1024}",
                patternSays = "name=value")
        List<String> attributes,

        @Key(
                doc = "Headers of the requests to the collector.",
                value = "[]",
                example = "[{name: x-api-key, value: \"${COLLECTOR_KEY}\"}]")
        List<HeaderConfig> headers,

        @Key(
                doc = "How many spans wait for the collector at most. Those for which there is no room are dropped and"
                        + " counted.",
                value = "8192",
                min = "512",
                max = "1048576")
        int maxQueue,

        @Key(
                doc = "How long the collector may take for a batch of spans, before it counts as lost.",
                value = "10s",
                min = "100ms",
                max = "1m")
        Duration timeout) {
    public TracingConfig {
        attributes = List.copyOf(attributes);
        headers = List.copyOf(headers);
    }

    /** Whether there is any. */
    public boolean enabled() {
        return !endpoint.isEmpty();
    }

    /** By their names, in the order written. */
    public Map<String, String> attributesByName() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String attribute : attributes) {
            int equals = attribute.indexOf('=');
            byName.put(attribute.substring(0, equals), attribute.substring(equals + 1));
        }
        return byName;
    }
}
