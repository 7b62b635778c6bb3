package dev.weft.load.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A group of keys, read one by one. What is wrong becomes a problem, and a value is returned to go on with; at the end
 * {@link #finish} finds the keys that nobody has asked for.
 */
final class YamlMapping {
    private final Node node;
    private final String path;
    private final YamlProblems problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    YamlMapping(Node node, String path, YamlProblems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, path, "expected a group of keys");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (entries.put(key, tuple) != null) {
                problems.add(tuple.getKeyNode(), pathOf(key), "written twice");
            }
        }
    }

    boolean has(String key) {
        return find(key) != null;
    }

    String text(String key, String unset) {
        return read(key, unset, "a text", text -> text);
    }

    /** A whole number of at least {@code least}. */
    int count(String key, int unset, int least) {
        return read(key, unset, "a whole number of at least " + least, text -> atLeast(least, Integer.parseInt(text)));
    }

    /** A number over 0; 0 if the key is not there. */
    double rate(String key) {
        return read(key, 0.0, "a number over 0", text -> {
            double value = Double.parseDouble(text);
            return value > 0 && value < Double.POSITIVE_INFINITY ? value : null;
        });
    }

    /** @param parse null or an {@link IllegalArgumentException}: the text is not as expected */
    <T> T read(String key, T unset, String expected, Function<String, @Nullable T> parse) {
        Node value = find(key);
        if (value == null) {
            return unset;
        }
        T parsed = parse(value, pathOf(key), expected, parse);
        return parsed == null ? unset : parsed;
    }

    /** One value, or a list of them. */
    <T> List<T> list(String key, List<T> unset, String expected, Function<String, @Nullable T> parse) {
        Node value = find(key);
        if (value == null) {
            return unset;
        }
        List<Node> items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        List<T> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String itemPath = value instanceof SequenceNode ? pathOf(key) + "[" + i + "]" : pathOf(key);
            T item = parse(items.get(i), itemPath, expected, parse);
            if (item != null) {
                read.add(item);
            }
        }
        if (items.isEmpty()) {
            problems.add(value, pathOf(key), "expected " + expected + ", found an empty list");
        }
        return read.isEmpty() ? unset : List.copyOf(read);
    }

    /** A list of groups of keys; a problem if there is none. */
    List<YamlMapping> groups(String key) {
        Node value = find(key);
        if (value == null) {
            problems.add(node, pathOf(key), "missing");
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            problems.add(value, pathOf(key), "expected a list of groups of keys");
            return List.of();
        }
        List<YamlMapping> groups = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            groups.add(new YamlMapping(item, pathOf(key) + "[" + groups.size() + "]", problems));
        }
        return groups;
    }

    /** A problem at a key, or where the group begins if it is not there. */
    void problem(String key, String message) {
        NodeTuple entry = entries.get(key);
        problems.add(entry == null ? node : entry.getValueNode(), pathOf(key), message);
    }

    /** Every key that was not asked for is a problem. */
    void finish() {
        Set<String> unknown = new HashSet<>(entries.keySet());
        unknown.removeAll(asked);
        for (String key : unknown) {
            NodeTuple entry = entries.get(key);
            if (entry != null) {
                problems.add(entry.getKeyNode(), pathOf(key), "unknown key; known here: " + String.join(", ", asked));
            }
        }
    }

    private @Nullable Node find(String key) {
        asked.add(key);
        NodeTuple entry = entries.get(key);
        return entry == null ? null : entry.getValueNode();
    }

    private <T> @Nullable T parse(Node value, String at, String expected, Function<String, @Nullable T> parse) {
        if (!(value instanceof ScalarNode scalar)) {
            problems.add(value, at, "expected " + expected);
            return null;
        }
        try {
            T parsed = parse.apply(scalar.getValue());
            if (parsed != null) {
                return parsed;
            }
            problems.add(value, at, "expected " + expected + ", found '" + scalar.getValue() + "'");
        } catch (NumberFormatException notANumber) {
            problems.add(value, at, "expected " + expected + ", found '" + scalar.getValue() + "'");
        } catch (IllegalArgumentException wrong) {
            problems.add(value, at, String.valueOf(wrong.getMessage()));
        }
        return null;
    }

    private static @Nullable Integer atLeast(int least, int value) {
        return value >= least ? value : null;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
