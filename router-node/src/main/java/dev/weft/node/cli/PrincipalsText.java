package dev.weft.node.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of a file of principals, in which one thing is changed and all else stays as it was written. */
final class PrincipalsText {
    private static final String PRINCIPALS = "principals";
    private static final String AUTHID = "authid";

    private final String text;

    PrincipalsText(String text) {
        this.text = text;
    }

    /** A text that cannot be changed; the message says why. */
    static final class Unchangeable extends Exception {
        private static final long serialVersionUID = 1L;

        Unchangeable(String message) {
            super(message);
        }
    }

    /** A file with one principal. */
    static String withOne(String authid, String role, String key, String value) {
        return PRINCIPALS + ":" + entry("  ", authid, role, key, value);
    }

    boolean has(String authid) throws Unchangeable {
        return find(authid) != null;
    }

    /** With {@code value} for one key of a principal that is there. */
    String with(String authid, String key, String value) throws Unchangeable {
        MappingNode principal = find(authid);
        if (principal == null) {
            throw new Unchangeable("there is no " + authid);
        }
        if (value(principal, key + "-file") != null) {
            throw new Unchangeable(authid + " has " + key + "-file; take it out first, or change that file");
        }
        Node present = value(principal, key);
        if (present != null) {
            return replaced(index(present.getStartMark()), index(present.getEndMark()), quoted(value));
        }
        Node authidNode = value(principal, AUTHID);
        if (authidNode == null) {
            throw new Unchangeable(authid + " has no " + AUTHID);
        }
        int after = index(authidNode.getEndMark());
        String inserted = principal.getFlowStyle() == FlowStyle.FLOW
                ? ", " + key + ": " + quoted(value)
                : "\n" + " ".repeat(column(principal)) + key + ": " + quoted(value);
        return replaced(after, after, inserted);
    }

    /** With one more principal, at the end. */
    String plus(String authid, String role, String key, String value) throws Unchangeable {
        MappingNode root = root();
        SequenceNode all = principals(root);
        if (all.getFlowStyle() == FlowStyle.FLOW || !isLast(root)) {
            throw new Unchangeable("a principal can be added only where " + PRINCIPALS
                    + " is a list with a line for each at the end of the file; write " + authid + " there by hand");
        }
        int dash = all.getStartMark().map(Mark::getColumn).orElse(2);
        return text.stripTrailing() + entry(" ".repeat(dash), authid, role, key, value);
    }

    private static String entry(String indent, String authid, String role, String key, String value) {
        return "\n" + indent + "- " + AUTHID + ": " + quoted(authid)
                + "\n" + indent + "  role: " + quoted(role)
                + "\n" + indent + "  " + key + ": " + quoted(value) + "\n";
    }

    private static boolean isLast(MappingNode root) {
        List<NodeTuple> keys = root.getValue();
        return keys.get(keys.size() - 1).getKeyNode() instanceof ScalarNode last
                && last.getValue().equals(PRINCIPALS);
    }

    private MappingNode root() throws Unchangeable {
        try {
            Node root = new Compose(LoadSettings.builder().setUseMarks(true).build())
                    .composeString(text)
                    .orElse(null);
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
        } catch (YamlEngineException broken) {
            throw new Unchangeable("it is not YAML: " + broken.getMessage());
        }
        throw new Unchangeable("it has no " + PRINCIPALS);
    }

    private static SequenceNode principals(MappingNode root) throws Unchangeable {
        if (value(root, PRINCIPALS) instanceof SequenceNode sequence) {
            return sequence;
        }
        throw new Unchangeable("it has no list of " + PRINCIPALS);
    }

    private @Nullable MappingNode find(String authid) throws Unchangeable {
        for (Node item : principals(root()).getValue()) {
            if (item instanceof MappingNode principal
                    && value(principal, AUTHID) instanceof ScalarNode name
                    && name.getValue().equals(authid)) {
                return principal;
            }
        }
        return null;
    }

    private static @Nullable Node value(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }

    private String replaced(int from, int to, String by) {
        return text.substring(0, from) + by + text.substring(to);
    }

    /** Marks count code points. */
    private int index(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(4);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
