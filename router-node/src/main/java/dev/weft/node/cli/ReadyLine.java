package dev.weft.node.cli;

import dev.weft.config.HostPort;
import dev.weft.config.JsonText;
import dev.weft.node.BoundListener;
import dev.weft.node.RunningNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The line that {@code weft serve} prints on standard output when the node is ready: {@code READY} and a JSON object with
 * {@code node}, {@code urls}, {@code members} and, if there is an admin port, {@code admin}.
 *
 * @param node the name of the node
 * @param urls how clients reach it, in the order of the listeners
 * @param members the nodes that it knows, itself included
 * @param admin host:port of the admin port, or null
 */
record ReadyLine(
        String node,
        List<String> urls,
        List<String> members,
        @Nullable String admin) {
    private static final String MARK = "READY ";

    static ReadyLine of(String name, RunningNode node) {
        List<String> urls = node.addresses().stream()
                .map(BoundListener::urls)
                .flatMap(List::stream)
                .toList();
        String admin = node.adminAddress().map(HostPort::toString).orElse(null);
        return new ReadyLine(name, urls, node.members(), admin);
    }

    String format() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", node);
        fields.put("urls", urls);
        fields.put("members", members);
        if (admin != null) {
            fields.put("admin", admin);
        }
        return MARK + JsonText.line(fields);
    }

    /** The line read back, or nothing if it is another line. */
    static Optional<ReadyLine> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            Object json = new Load(LoadSettings.builder().build()).loadFromString(line.substring(MARK.length()));
            return json instanceof Map<?, ?> fields
                    ? Optional.of(new ReadyLine(
                            String.valueOf(fields.get("node")),
                            texts(fields.get("urls")),
                            texts(fields.get("members")),
                            fields.get("admin") instanceof String admin ? admin : null))
                    : Optional.empty();
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
