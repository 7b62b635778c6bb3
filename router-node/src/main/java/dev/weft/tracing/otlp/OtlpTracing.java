package dev.weft.tracing.otlp;

import dev.weft.tracing.Operation;
import dev.weft.tracing.Span;
import dev.weft.tracing.SpanCounts;
import dev.weft.tracing.Tracing;
import dev.weft.wamp.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Spans for a collector of OpenTelemetry. */
public final class OtlpTracing implements Tracing {
    private static final String SCOPE = "dev.weft";
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
    private static final AttributeKey<String> MESSAGING = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> REALM = AttributeKey.stringKey("wamp.realm");
    private static final AttributeKey<String> PROCEDURE = AttributeKey.stringKey("wamp.procedure");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("wamp.topic");

    private final double sample;
    private final SpanQueue queue;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtlpTracing(OtlpSettings settings) {
        sample = settings.sample();
        queue = new SpanQueue(exporter(settings), settings.maxQueue(), settings.timeout());
        AttributesBuilder resource = Attributes.builder();
        settings.resource().forEach(resource::put);
        // What is recorded is decided before a span is made.
        provider = SdkTracerProvider.builder()
                .setSampler(Sampler.alwaysOn())
                .setResource(Resource.getDefault().merge(Resource.create(resource.build())))
                .addSpanProcessor(queue)
                .build();
        tracer = provider.get(SCOPE);
    }

    /** Begins to export; a collector that is not there is not missed. */
    public static OtlpTracing start(OtlpSettings settings) {
        logWithTheRest();
        OtlpTracing tracing = new OtlpTracing(settings);
        tracing.queue.start();
        return tracing;
    }

    /** The SDK tells of a collector that does not take spans by the logging of the JDK. */
    private static void logWithTheRest() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private static OtlpHttpSpanExporter exporter(OtlpSettings settings) {
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint()).setTimeout(settings.timeout());
        settings.headers().forEach(builder::addHeader);
        return builder.build();
    }

    @Override
    public @Nullable Span begin(Operation operation, String realm, String uri, @Nullable TraceContext parent) {
        return isRecorded(operation, parent) ? begun(operation, realm, uri, parent) : null;
    }

    private boolean isRecorded(Operation operation, @Nullable TraceContext parent) {
        if (parent != null) {
            return parent.sampled();
        }
        return operation.beginsTraces() && ThreadLocalRandom.current().nextDouble() < sample;
    }

    private Span begun(Operation operation, String realm, String uri, @Nullable TraceContext parent) {
        boolean procedure = operation.isOfProcedure();
        SpanBuilder builder = tracer.spanBuilder(operation.name() + ' ' + uri)
                .setSpanKind(kind(operation))
                .setAttribute(procedure ? SYSTEM : MESSAGING, "wamp")
                .setAttribute(REALM, realm)
                .setAttribute(procedure ? PROCEDURE : TOPIC, uri);
        if (parent == null) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote(parent))));
        }
        return new OtlpSpan(builder.startSpan(), parent == null ? null : parent.state());
    }

    private static SpanContext remote(TraceContext parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(), parent.parentId(), TraceFlags.getSampled(), state(parent.state()));
    }

    private static TraceState state(@Nullable String text) {
        if (text == null) {
            return TraceState.getDefault();
        }
        TraceStateBuilder builder = TraceState.builder();
        String[] members = text.split(",", -1);
        // The builder puts each before the others.
        for (int i = members.length - 1; i >= 0; i--) {
            int equals = members[i].indexOf('=');
            if (equals > 0) {
                builder.put(
                        members[i].substring(0, equals).strip(),
                        members[i].substring(equals + 1).strip());
            }
        }
        return builder.build();
    }

    private static SpanKind kind(Operation operation) {
        return switch (operation) {
            case CALL -> SpanKind.SERVER;
            case INVOCATION -> SpanKind.CLIENT;
            case PUBLISH -> SpanKind.PRODUCER;
            case EVENT -> SpanKind.CONSUMER;
        };
    }

    @Override
    public SpanCounts counts() {
        return queue.counts();
    }

    @Override
    public void close() {
        provider.close();
    }
}
