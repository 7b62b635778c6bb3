package dev.weft.tracing.otlp;

import java.time.Duration;
import java.util.Map;

/**
 * Which spans are made, and where they go.
 *
 * @param endpoint URL that takes them
 * @param headers of each request, which may be secret
 * @param resource attributes of the node
 * @param sample share of calls and publications that begin a trace, from 0 to 1
 * @param maxQueue spans that wait at most
 * @param timeout of a request
 */
public record OtlpSettings(
        String endpoint,
        Map<String, String> headers,
        Map<String, String> resource,
        double sample,
        int maxQueue,
        Duration timeout) {
    public OtlpSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }
}
