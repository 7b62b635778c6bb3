package dev.weft.node;

import dev.weft.config.HeaderConfig;
import dev.weft.config.NodeConfig;
import dev.weft.config.TracingConfig;
import dev.weft.tracing.Tracing;
import dev.weft.tracing.otlp.OtlpSettings;
import dev.weft.tracing.otlp.OtlpTracing;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The tracing that a node is configured with. */
final class ConfiguredTracing {
    private ConfiguredTracing() {}

    /** Starts it, if there is any: of its classes none is loaded before. */
    static Tracing start(NodeConfig config) {
        TracingConfig tracing = config.tracing();
        return tracing.enabled() ? OtlpTracing.start(settings(config, tracing)) : Tracing.OFF;
    }

    private static OtlpSettings settings(NodeConfig config, TracingConfig tracing) {
        Map<String, String> resource = new HashMap<>(tracing.attributesByName());
        resource.put("service.name", tracing.serviceName());
        resource.put("service.version", BuildInfo.version());
        resource.put("service.instance.id", config.node().name());
        if (config.cluster().enabled()) {
            resource.put("weft.cluster", config.cluster().name());
        }
        Map<String, String> headers = tracing.headers().stream()
                .collect(Collectors.toMap(
                        HeaderConfig::name, header -> header.value().reveal()));
        return new OtlpSettings(
                tracing.endpoint(), headers, resource, tracing.sample().value(), tracing.maxQueue(), tracing.timeout());
    }
}
