package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.admin.AdminAccess;
import dev.weft.admin.AdminServer;
import dev.weft.config.HostPort;
import dev.weft.node.cli.LocalPorts;
import dev.weft.observability.LogLevels;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.StaticAdminNode;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/admin-api.yaml, compared with what is answered: paths, parameters, fields and errors. */
class AdminApiDocumentTest {
    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().getParent().resolve("docs/admin-api.yaml");
    private static final String TOKEN = "a token of some length";
    private static final String LOGGER = "dev.weft.documented";
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz", "/startupz");

    /** What else has to be given with a parameter. */
    private static final Map<String, String> BESIDE =
            Map.of("/loggers", "name=" + LOGGER + "&level=info&", "/trace", "uri=x&");

    /** What is not to be seen of two nodes that are well. */
    private static final List<String> OF_FAULTS =
            List.of("Fault.", "Tls.places[].problem", "Verification.differences[].");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final StaticAdminNode still = new StaticAdminNode();
    private final Map<?, ?> document = yaml(read());
    private final ApiSchemas schemas = new ApiSchemas(document);

    @TempDir
    private Path directory;

    /** An operation of the document. */
    private record Operation(String path, String method, Map<?, ?> written) {
        Map<?, ?> responses() {
            return (Map<?, ?>) written.get("responses");
        }

        List<?> parameters() {
            return written.get("parameters") instanceof List<?> all ? all : List.of();
        }
    }

    private static String read() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private static Map<?, ?> yaml(String text) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .forEach((method, written) -> all.add(new Operation(
                                path.toString(), method.toString().toUpperCase(Locale.ROOT), (Map<?, ?>) written))));
        return all;
    }

    @BeforeEach
    void restoreTheLogger() {
        LogLevels.set(LOGGER, null);
    }

    @AfterEach
    void close() throws Exception {
        LogLevels.set(LOGGER, null);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> send(HostPort to, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + to + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HostPort listen(AdminAccess access) throws Exception {
        return new AdminServer(vertx, still, still, still, access)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
    }

    /** The status is one that is documented for the operation, and so is the kind of its body. */
    private Map<?, ?> documented(Operation operation, HttpResponse<String> answer) {
        String what = operation.method() + " " + answer.uri() + ": " + answer.statusCode();
        assertThat(operation.responses().containsKey(String.valueOf(answer.statusCode())))
                .as(what)
                .isTrue();
        Map<?, ?> response =
                schemas.resolved((Map<?, ?>) operation.responses().get(String.valueOf(answer.statusCode())));
        String type = answer.headers().firstValue("content-type").orElseThrow().replaceAll(";.*", "");
        assertThat(((Map<?, ?>) response.get("content")).containsKey(type))
                .as(what + " " + type)
                .isTrue();
        return (Map<?, ?>) ((Map<?, ?>) response.get("content")).get(type);
    }

    /** As {@link #documented}, and the fields of the body are those of the document, with their types. */
    private void checkDocumented(Operation operation, HttpResponse<String> answer) {
        Map<?, ?> schema = (Map<?, ?>) documented(operation, answer).get("schema");
        Object body = answer.body().startsWith("{") ? yaml(answer.body()) : answer.body();
        assertThat(schemas.problems(schema, body))
                .as(operation.method() + " " + answer.uri() + ": " + answer.statusCode())
                .isEmpty();
    }

    /** The node of these tests is well only as far as they look at it. */
    private void checkFault(Operation operation, HttpResponse<String> answer) {
        documented(operation, answer);
        if (answer.statusCode() >= 400) {
            checkDocumented(operation, answer);
        }
    }

    @Test
    void theDocumentNamesEveryPathAndMethodThatIsAnsweredAndNoOther() {
        Map<String, Set<String>> documented = new TreeMap<>();
        operations()
                .forEach(operation -> documented
                        .computeIfAbsent(operation.path(), path -> new TreeSet<>())
                        .add(operation.method()));
        assertThat(new AdminServer(vertx, still, still, still).paths()).isEqualTo(documented);
    }

    @Test
    void errorsThatAnyRequestCanMeetAreDocumentedForEach() throws Exception {
        HostPort open = listen(AdminAccess.OPEN);
        HostPort guarded = listen(new AdminAccess(TOKEN, null));
        for (Operation operation : operations()) {
            String path = operation.path();
            HttpResponse<String> unproven = send(guarded, operation.method(), path);
            assertThat(unproven.statusCode() == 401).as(path).isEqualTo(!HEALTH.contains(path));
            assertThat(operation.responses().containsKey("401")).as(path).isEqualTo(!HEALTH.contains(path));
            assertThat(operation.written().containsKey("security")).as(path).isEqualTo(HEALTH.contains(path));
            checkFault(operation, unproven);

            HttpResponse<String> fromBrowser = send(open, operation.method(), path, "Origin", "http://evil.example");
            assertThat(fromBrowser.statusCode()).as(path).isEqualTo(403);
            checkFault(operation, fromBrowser);

            HttpRequest large = HttpRequest.newBuilder(URI.create("http://" + open + path))
                    .method(operation.method(), BodyPublishers.ofString("x"))
                    .build();
            HttpResponse<String> refused = http.send(large, BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(path).isEqualTo(413);
            checkFault(operation, refused);

            assertThat(operation.responses().containsKey("500")).as(path).isTrue();
        }
        assertThat(still.told).isEmpty();
    }

    @Test
    void whatIsAnsweredOnlyAtTimesIsDocumented() throws Exception {
        HostPort open = listen(AdminAccess.OPEN);
        still.knowsNothing = true;
        still.notReady = List.of("the node is starting");
        still.notStarted = still.notReady;
        still.wrong = List.of("line 3: unknown key");
        still.broken = true;
        for (Operation operation : operations()) {
            String path = operation.path();
            checkFault(operation, send(open, operation.method(), path));
            if (HEALTH.contains(path)) {
                checkFault(operation, send(open, "GET", path + "?verbose"));
                checkFault(operation, send(open, "GET", path + "?verbose", "Accept", "application/json"));
            }
            if (path.equals("/trace")) {
                checkFault(operation, send(open, operation.method(), path + "?uri=x"));
            }
        }
        still.broken = false;
        for (Operation operation : operations()) {
            if (operation.path().equals("/trace")) {
                checkFault(operation, send(open, operation.method(), "/trace?session=1"));
            }
            checkFault(operation, send(open, operation.method(), operation.path(), "Weft-Drain", "test"));
        }
    }

    @Test
    void parametersAreTakenAsFarAsTheDocumentSaysAndNotFurther() throws Exception {
        HostPort open = listen(AdminAccess.OPEN);
        int bounded = 0;
        for (Operation operation : operations()) {
            for (Object written : operation.parameters()) {
                Map<?, ?> parameter = schemas.resolved((Map<?, ?>) written);
                Map<?, ?> schema = (Map<?, ?>) parameter.get("schema");
                String start = operation.path() + "?" + BESIDE.getOrDefault(operation.path(), "");
                if (schema.get("minimum") instanceof Integer least && schema.get("maximum") instanceof Integer most) {
                    bounded++;
                    for (int value : List.of(least, most)) {
                        HttpResponse<String> taken =
                                send(open, operation.method(), start + parameter.get("name") + "=" + value);
                        assertThat(taken.statusCode())
                                .as(taken.uri().toString())
                                .isBetween(200, 202);
                    }
                    for (long value : List.of(least - 1L, most + 1L)) {
                        HttpResponse<String> refused =
                                send(open, operation.method(), start + parameter.get("name") + "=" + value);
                        assertThat(refused.statusCode())
                                .as(refused.uri().toString())
                                .isEqualTo(400);
                        checkDocumented(operation, refused);
                    }
                }
                if (schema.get("enum") instanceof List<?> constants) {
                    for (Object constant : constants) {
                        assertThat(send(
                                                open,
                                                operation.method(),
                                                operation.path() + "?name=" + LOGGER + "&level=" + constant)
                                        .statusCode())
                                .isEqualTo(200);
                    }
                }
            }
        }
        assertThat(bounded).as("parameters with bounds").isGreaterThan(12);
    }

    @Test
    void whatTwoNodesAnswerHasTheFieldsOfTheDocumentAndItHasNoOthers() throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.authority("ca");
        certificates.signed("node", "ca");
        String tls = ", tls: {certificate: %s, key: %s}"
                .formatted(certificates.certificate("node"), certificates.key("node"));
        List<Integer> members = LocalPorts.free(2);
        AtomicReference<String> file = new AtomicReference<>(config(members, 0, tls));
        RunningNode node = RouterNode.start(NodeConfigs.of(file.get()), () -> NodeConfigs.report(file.get()));
        RunningNode other = RouterNode.start(NodeConfigs.of(config(members, 1, "")));
        HostPort admin = node.adminAddress().orElseThrow();
        try (TestClient client = join(node)) {
            assertThat(send(admin, "POST", "/trace?session=" + client.session()).statusCode())
                    .isEqualTo(202);
            client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "a.topic"));
            client.expect(Subscribed.class);
            client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, "a.procedure"));
            client.expect(Registered.class);
            join(node).close();
            await().until(() -> send(admin, "GET", "/closedz").body().contains("\"matching\": 1"));
            checkFields(admin);
            file.set("nonsense: 1\n");
            checkAll(admin, "POST", "/reload");
        } finally {
            other.stop();
            node.stop();
        }
        assertThat(unseen()).isEmpty();
    }

    private void checkFields(HostPort admin) throws Exception {
        for (Operation operation : operations()) {
            if (operation.method().equals("GET") && !operation.path().equals("/drain")) {
                HttpResponse<String> answer = send(admin, "GET", operation.path());
                assertThat(answer.statusCode()).as(operation.path()).isEqualTo(200);
                checkDocumented(operation, answer);
                checkColumns(admin, operation, answer);
            }
            if (HEALTH.contains(operation.path())) {
                checkDocumented(
                        operation, send(admin, "GET", operation.path() + "?verbose", "Accept", "application/json"));
            }
        }
        checkAll(admin, "POST", "/cluster/verify?repair=true");
        checkAll(admin, "POST", "/reload");
        checkAll(admin, "POST", "/loggers?level=info&name=" + LOGGER);
        checkAll(admin, "POST", "/trace?uri=x");
        checkAll(admin, "DELETE", "/trace");
    }

    private void checkAll(HostPort admin, String method, String path) throws Exception {
        for (Operation operation : operations()) {
            if (operation.method().equals(method) && operation.path().equals(path.replaceAll("\\?.*", ""))) {
                checkDocumented(operation, send(admin, method, path));
            }
        }
    }

    private void checkColumns(HostPort admin, Operation operation, HttpResponse<String> answer) throws Exception {
        if (operation.parameters().isEmpty() || HEALTH.contains(operation.path())) {
            return;
        }
        List<?> rows = (List<?>) yaml(answer.body()).get("rows");
        assertThat(rows).as(operation.path()).isNotEmpty();
        for (Object column : ((Map<?, ?>) rows.get(0)).keySet()) {
            assertThat(send(admin, "GET", operation.path() + "?sort=" + column).statusCode())
                    .as(operation.path() + " " + column)
                    .isEqualTo(200);
        }
    }

    private List<String> unseen() {
        List<String> unseen = new ArrayList<>();
        for (Operation operation : operations()) {
            operation.responses().forEach((status, written) -> {
                Map<?, ?> response = schemas.resolved((Map<?, ?>) written);
                Map<?, ?> content = (Map<?, ?>) response.get("content");
                if (status.equals("200") && content.get("application/json") instanceof Map<?, ?> json) {
                    unseen.addAll(schemas.unseen((Map<?, ?>) json.get("schema")));
                }
            });
        }
        unseen.removeIf(path -> OF_FAULTS.stream().anyMatch(path::startsWith));
        return unseen;
    }

    private static String config(List<Integer> members, int index, String tls) {
        return """
                node: {name: node-%d}
                listeners:
                - {name: clients, address: "127.0.0.1:0"}
                - {name: others, address: "127.0.0.1:0"%s}
                admin: {address: "127.0.0.1:0"}
                cluster:
                  enabled: true
                  name: documented-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 0s}
                """.formatted(index + 1, tls, members.get(0), members.get(0), members.get(1), members.get(index))
                + TwoNodes.OPEN_REALM;
    }

    private static TestClient join(RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }
}
