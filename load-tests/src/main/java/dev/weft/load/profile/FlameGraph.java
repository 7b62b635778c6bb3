package dev.weft.load.profile;

import dev.weft.load.report.Xml;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stacks as a picture: each frame is as wide as the share of the samples that it is in, and stands on the frame that called
 * it. Needs no script; pointing at a frame shows its whole name. What is too narrow to be seen is left out, so that the
 * picture is small.
 */
public final class FlameGraph {
    private static final int WIDTH = 1200;
    private static final int ROW = 15;
    private static final int TOP = 40;
    private static final double NARROWEST = 3;
    private static final double LETTER = 6.2;

    private final StringBuilder svg = new StringBuilder();
    private final double scale;
    private final int height;

    private FlameGraph(Frame root) {
        scale = WIDTH / (double) Math.max(1, root.samples);
        height = TOP + ROW * depth(root) + ROW;
    }

    /** @param title above the picture */
    public static String of(Stacks stacks, String title) {
        Frame root = new Frame();
        for (Stacks.Stack stack : stacks.all()) {
            root.samples += stack.samples();
            Frame frame = root;
            for (String name : stack.frames()) {
                frame = frame.callees.computeIfAbsent(name, unseen -> new Frame());
                frame.samples += stack.samples();
            }
        }
        return new FlameGraph(root).draw(root, title);
    }

    private static final class Frame {
        /** By name, so that two pictures can be compared. */
        private final Map<String, Frame> callees = new TreeMap<>();

        private long samples;
    }

    private int depth(Frame frame) {
        int deepest = 0;
        for (Frame callee : frame.callees.values()) {
            if (isVisible(callee)) {
                deepest = Math.max(deepest, 1 + depth(callee));
            }
        }
        return deepest;
    }

    private boolean isVisible(Frame frame) {
        return frame.samples * scale >= NARROWEST;
    }

    private String draw(Frame root, String title) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"10\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
        add("<text x=\"8\" y=\"22\" font-family=\"sans-serif\" font-size=\"15\">%s</text>", Xml.escaped(title));
        drawCallees(root, 0, 0, root.samples);
        add("</svg>");
        return svg.toString();
    }

    private void drawCallees(Frame caller, double left, int level, long all) {
        double x = left;
        for (Map.Entry<String, Frame> entry : caller.callees.entrySet()) {
            Frame callee = entry.getValue();
            if (isVisible(callee)) {
                draw(entry.getKey(), callee, x, level, all);
                drawCallees(callee, x, level + 1, all);
            }
            x += callee.samples * scale;
        }
    }

    private void draw(String name, Frame frame, double x, int level, long all) {
        double width = frame.samples * scale;
        int y = height - ROW * (level + 2);
        add(
                "<g><title>%s, %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%s</g>",
                Xml.escaped(name),
                100.0 * frame.samples / all,
                x,
                y,
                width - 0.3,
                colour(name),
                label(name, x, y, width));
    }

    private static String label(String name, double x, int y, double width) {
        int letters = (int) ((width - 4) / LETTER);
        String shown = name.substring(name.lastIndexOf('/') + 1);
        if (letters < 3) {
            return "";
        }
        String fitting = shown.length() <= letters ? shown : shown.substring(0, letters - 1) + "…";
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 2, y + 11, Xml.escaped(fitting));
    }

    private static String colour(String name) {
        if (Stacks.isOfKernel(name)) {
            return "#f4a261";
        }
        if (name.startsWith("dev/weft/")) {
            return "#8ecf8e";
        }
        if (name.startsWith("io/netty/") || name.startsWith("io/vertx/")) {
            return "#a9c8ee";
        }
        return "#dddddd";
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
