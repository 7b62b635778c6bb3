package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who is told of a gap has a fault between itself and that node, and is told of its end once the cluster is whole again. */
final class GapChecker implements Checker {
    @Override
    public String name() {
        return "gaps are told";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Key, Entry.GapTold> open = new LinkedHashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.GapTold told) {
                Key key = new Key(told.session(), told.node());
                if (told.open()) {
                    open.put(key, told);
                    checkCause(evidence, told, violations);
                } else if (open.remove(key) == null) {
                    violations.accept("the end of a gap that never began: " + told);
                }
            } else if (entry instanceof Entry.Closed closed) {
                open.keySet().removeIf(key -> key.session() == closed.session());
            }
        }
        open.values().forEach(told -> violations.accept("the gap has no end: " + told));
    }

    private static void checkCause(Evidence evidence, Entry.GapTold told, Consumer<String> violations) {
        Bounds bounds = evidence.bounds();
        int own = evidence.life(told.session()).node();
        if (!evidence.disturbances()
                .disturbed(own, told.node(), told.at() - bounds.silence() - bounds.margin(), told.at())) {
            violations.accept(
                    "a gap without a cause, at node-" + (own + 1) + ", " + evidence.when(told.at()) + ": " + told);
        }
    }

    private record Key(int session, int node) {}
}
