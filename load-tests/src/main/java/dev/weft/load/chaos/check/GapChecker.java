package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a gap has a fault between itself and that node, and is told of its end once the cluster is whole again. Who came
 * after others at its node had been told is told of the end only.
 */
final class GapChecker implements Checker {
    /** So long may it take until a session that has been opened listens. */
    private static final long LATE = Duration.ofSeconds(5).toNanos();

    @Override
    public String name() {
        return "gaps are told";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Gap, Entry.GapTold> open = new LinkedHashMap<>();
        Map<Gap, Long> openAtNode = new HashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.Closed closed) {
                open.keySet().removeIf(gap -> gap.listener() == closed.session());
            }
            if (!(entry instanceof Entry.GapTold told)) {
                continue;
            }
            Life life = evidence.life(told.session());
            Gap gap = new Gap(told.session(), told.node());
            Gap atNode = new Gap(life.node(), told.node());
            if (told.open()) {
                open.put(gap, told);
                openAtNode.put(atNode, told.at());
                checkCause(evidence, told, violations);
            } else if (open.remove(gap) == null && !cameLate(evidence, life, told, openAtNode.get(atNode))) {
                violations.accept("the end of a gap whose beginning was not told: " + describe(evidence, told));
            }
        }
        open.values().forEach(told -> violations.accept("a gap without an end: " + describe(evidence, told)));
    }

    /** @param told when others at the session's node were told that the gap begins; null if there were none to tell */
    private static boolean cameLate(Evidence evidence, Life life, Entry.GapTold end, @Nullable Long told) {
        return told != null
                ? life.opened() >= told - LATE
                : evidence.disturbances().disturbed(life.node(), end.node(), life.opened() - LATE, life.opened());
    }

    private static void checkCause(Evidence evidence, Entry.GapTold told, Consumer<String> violations) {
        Bounds bounds = evidence.bounds();
        int own = evidence.life(told.session()).node();
        long since = told.at() - bounds.silence() - bounds.margin();
        if (!evidence.disturbances().disturbed(own, told.node(), since, told.at())) {
            violations.accept("a gap without a cause: " + describe(evidence, told));
        }
    }

    private static String describe(Evidence evidence, Entry.GapTold told) {
        return evidence.who(told.session()) + " is told of node-" + (told.node() + 1) + " at "
                + evidence.when(told.at());
    }

    /** @param listener a session, or the node at which it is */
    private record Gap(int listener, int node) {}
}
