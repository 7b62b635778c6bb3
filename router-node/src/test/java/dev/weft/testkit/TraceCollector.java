package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes traces by OTLP over HTTP on a loopback port. */
public final class TraceCollector implements AutoCloseable {
    private static final int OK = 200;

    /**
     * A span as it came.
     *
     * @param parent 16 hexadecimal digits, empty for none
     * @param resource attributes of the node that made it
     */
    public record Recorded(
            String name,
            String kind,
            String trace,
            String id,
            String parent,
            String state,
            boolean failed,
            Map<String, String> attributes,
            Map<String, String> resource) {}

    private final HttpServer server;
    private final List<Recorded> spans = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = OK;

    public TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException cannotListen) {
            throw new UncheckedIOException(cannotListen);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /**
     * The part of a node's configuration that has it export to this collector.
     *
     * @param more keys of {@code tracing}
     */
    public String tracing(String more) {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
        return "tracing: {endpoint: \"" + endpoint + "\", " + more + "}\n";
    }

    /** With what it answers from now on; it keeps what it answers with 200 only. */
    public void answers(int other) {
        status = other;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        if (status == OK) {
            bodies.add(body);
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::record);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void record(ResourceSpans from) {
        Map<String, String> resource = attributes(from.getResource().getAttributesList());
        from.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> spans.add(new Recorded(
                        span.getName(),
                        span.getKind().name(),
                        HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                        HexFormat.of().formatHex(span.getSpanId().toByteArray()),
                        HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                        span.getTraceState(),
                        span.getStatus().getCodeValue() == 2,
                        attributes(span.getAttributesList()),
                        resource)));
    }

    private static Map<String, String> attributes(List<KeyValue> values) {
        Map<String, String> attributes = new HashMap<>();
        for (KeyValue value : values) {
            attributes.put(
                    value.getKey(),
                    value.getValue().hasIntValue()
                            ? String.valueOf(value.getValue().getIntValue())
                            : value.getValue().getStringValue());
        }
        return attributes;
    }

    /** Those of a trace, once there are as many. */
    public List<Recorded> awaitTrace(String trace, int count) {
        await().until(() -> ofTrace(trace).size() >= count);
        assertThat(ofTrace(trace)).hasSize(count);
        return ofTrace(trace);
    }

    private List<Recorded> ofTrace(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).collect(Collectors.toList());
    }

    /** The one span of this name, once it has come. */
    public Recorded awaitSpan(String name) {
        await().until(() -> spans.stream().anyMatch(span -> span.name().equals(name)));
        List<Recorded> found =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    public List<Recorded> spans() {
        return List.copyOf(spans);
    }

    /** Of the requests so far. */
    public List<Map<String, List<String>>> headers() {
        return List.copyOf(headers);
    }

    public List<byte[]> bodies() {
        return List.copyOf(bodies);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
