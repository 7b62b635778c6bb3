package dev.weft.config;

import dev.weft.config.RawValue.Mapping;
import dev.weft.config.RawValue.Scalar;
import dev.weft.config.RawValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns the text of a file (YAML 1.2, hence also JSON) into raw values with their lines and columns. */
final class YamlReader {
    /** Deeper than any configuration, and shallow enough for recursion. */
    private static final int MAX_DEPTH = 50;
    /** More values than any configuration; what aliases stand for counts each time. */
    private static final int MAX_VALUES = 100_000;

    private static final Pattern NAME = Pattern.compile("(undefined (?:alias|tag handle)).*", Pattern.DOTALL);
    private static final Pattern INDENTATION = Pattern.compile("^[ \\t]+", Pattern.MULTILINE);

    private final Origin source;
    private final Problems problems;
    private final Placeholders placeholders;
    private int values;
    private boolean exhausted;

    /** A reader of one text; {@code source} says where it comes from. */
    YamlReader(Origin source, Placeholders placeholders, Problems problems) {
        this.source = source;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The document, an empty mapping if there is none; null if it cannot be read, with a problem. */
    @Nullable
    RawValue read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.source())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setCodePointLimit(4 << 20)
                .build();
        try {
            String yaml = withoutIndentingTabs(text);
            Optional<Event> tooDeep = firstTooDeep(settings, yaml);
            if (tooDeep.isPresent()) {
                problems.error(at(tooDeep.get().getStartMark()), "", "nested more than " + MAX_DEPTH + " levels deep");
                return null;
            }
            Optional<Node> root = new Compose(settings).composeString(yaml);
            return root.isPresent() ? convert(root.get(), "", 0) : new Mapping(at(Optional.empty()));
        } catch (MarkedYamlEngineException e) {
            Origin origin = at(e.getProblemMark());
            problems.error(origin, "", "not YAML: " + words(e.getProblem()), hintFor(e.getProblem(), text, origin));
        } catch (ReaderException e) {
            problems.error(
                    at(text, e.getPosition()),
                    "",
                    String.format("the character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.error(at(Optional.empty()), "", "not YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
        return null;
    }

    /** JSON may be indented with tabs, YAML may not; a space for each keeps the columns. */
    private static String withoutIndentingTabs(String text) {
        boolean json = text.stripLeading().startsWith("{");
        return json
                ? INDENTATION.matcher(text).replaceAll(match -> match.group().replace('\t', ' '))
                : text;
    }

    private static Optional<Event> firstTooDeep(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                return Optional.of(event);
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }

    private @Nullable RawValue convert(Node node, String path, int depth) {
        if (exhausted) {
            return null;
        }
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            exhausted = true;
            problems.error(at(node.getStartMark()), "", "aliases stand for too much", "write the values out");
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            Origin origin = at(node.getStartMark());
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return new Scalar(origin, placeholders.expand(scalar.getValue(), origin, path), quoted);
        }
        return node instanceof SequenceNode sequence
                ? convertSequence(sequence, path, depth)
                : convertMapping((MappingNode) node, path, depth);
    }

    private Sequence convertSequence(SequenceNode node, String path, int depth) {
        List<RawValue> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            RawValue value = convert(item, path + "[" + items.size() + "]", depth + 1);
            if (value != null) {
                items.add(value);
            }
        }
        return new Sequence(at(node.getStartMark()), items);
    }

    private Mapping convertMapping(MappingNode node, String path, int depth) {
        Mapping mapping = new Mapping(at(node.getStartMark()));
        for (NodeTuple tuple : node.getValue()) {
            Origin origin = at(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.error(origin, path, "a key has to be a word");
                continue;
            }
            String spelling = key.getValue();
            String keyPath = path.isEmpty() ? spelling : path + "." + spelling;
            RawValue.Entry earlier = mapping.find(spelling);
            if (earlier != null) {
                problems.error(origin, keyPath, twice(spelling, earlier));
                continue;
            }
            RawValue value = convert(tuple.getValueNode(), keyPath, depth + 1);
            if (value != null) {
                mapping.put(spelling, origin, value);
            }
        }
        return mapping;
    }

    private static String twice(String spelling, RawValue.Entry earlier) {
        int line = earlier.origin().line();
        return spelling.equals(earlier.spelling())
                ? "written twice, first on line " + line
                : "written twice, first as '" + earlier.spelling() + "' on line " + line;
    }

    private Origin at(Optional<Mark> mark) {
        return mark.map(m -> at(m.getLine() + 1, m.getColumn() + 1)).orElse(source);
    }

    private Origin at(String text, int position) {
        String before = text.substring(0, Math.min(position, text.length()));
        int line = (int) before.lines().count();
        return at(Math.max(1, line), before.length() - before.lastIndexOf('\n'));
    }

    private Origin at(int line, int column) {
        boolean hasLines = source.layer() == Origin.Layer.FILE;
        return hasLines ? new Origin(Origin.Layer.FILE, source.source(), line, column) : source;
    }

    /** Without the name of an alias or a tag: it may be a password that was to be in quotes. */
    private static String words(String problem) {
        return NAME.matcher(firstLine(problem)).replaceFirst("$1");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String hintFor(String problem, String text, Origin origin) {
        if (problem.contains("TAB")) {
            return "indent with spaces";
        }
        if (NAME.matcher(problem).find()) {
            return "a text that begins with * or ! needs quotes";
        }
        boolean placeholder = text.lines()
                .skip(Math.max(0, origin.line() - 1))
                .findFirst()
                .filter(line -> line.contains("${"))
                .isPresent();
        return placeholder ? "inside { } or [ ] a placeholder needs quotes: \"${NAME}\"" : "";
    }
}
