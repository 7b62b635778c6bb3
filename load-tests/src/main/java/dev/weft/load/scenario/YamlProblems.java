package dev.weft.load.scenario;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Everything that is wrong with a file, in the order of its lines. */
final class YamlProblems {
    private record Position(int line, int column, int number) {}

    private static final Comparator<Position> BY_POSITION = Comparator.comparingInt(Position::line)
            .thenComparingInt(Position::column)
            .thenComparingInt(Position::number);

    private final String file;
    private final TreeMap<Position, String> found = new TreeMap<>(BY_POSITION);

    /** @param file as it was named */
    YamlProblems(String file) {
        this.file = file;
    }

    /** @param path the key, such as {@code load[0].callers} */
    void add(Node node, String path, String message) {
        int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
        add(line, column, path.isEmpty() ? message : path + ": " + message);
    }

    /** Lines and columns are counted from 1; the line 0 stands for the file as a whole. */
    void add(int line, int column, String message) {
        String place = line > 0 ? file + ":" + line + ":" + column : file;
        found.put(new Position(line, column, found.size()), place + ": " + message);
    }

    List<String> lines() {
        return List.copyOf(found.values());
    }
}
