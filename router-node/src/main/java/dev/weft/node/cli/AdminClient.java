package dev.weft.node.cli;

import dev.weft.wamp.PrintableText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks a node over its admin port. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A node that compares its tables waits for the others. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /**
     * What a node said.
     *
     * @param status of HTTP
     * @param text as it came
     * @param json the text read, for a terminal: see {@link PrintableText}
     */
    record Answer(int status, String text, Map<?, ?> json) {}

    private final AdminTarget target;
    private final HttpClient http;

    AdminClient(AdminTarget target) {
        this.target = target;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        SSLContext tls = target.tls();
        this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
    }

    /** @throws IOException if there is no answer, or one that no node gives */
    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** @throws IOException if there is no answer, or one that no node gives */
    Answer post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String path) {
        String scheme = target.tls() == null ? "http://" : "https://";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + target.address() + path))
                .timeout(ANSWER);
        String token = target.token();
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Names, reasons and agents in it are of clients' choice. */
    private static Map<?, ?> printable(Map<?, ?> fields) {
        Map<Object, @Nullable Object> same = new LinkedHashMap<>();
        fields.forEach((key, value) -> same.put(printable(key), printable(value)));
        return same;
    }

    private static @Nullable Object printable(@Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return printable(fields);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> same = new ArrayList<>();
            list.forEach(each -> same.add(printable(each)));
            return same;
        }
        return value instanceof String text ? PrintableText.of(text) : value;
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        try {
            Object json = new Load(LoadSettings.builder()
                            .setCodePointLimit(Integer.MAX_VALUE)
                            .build())
                    .loadFromString(response.body());
            if (json instanceof Map<?, ?> fields) {
                return new Answer(response.statusCode(), response.body(), printable(fields));
            }
        } catch (YamlEngineException notJson) {
            throw new IOException(target + " answers, but is no admin port of a node", notJson);
        }
        throw new IOException(target + " answers, but is no admin port of a node");
    }
}
