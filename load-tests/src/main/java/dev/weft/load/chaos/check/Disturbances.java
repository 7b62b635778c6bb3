package dev.weft.load.chaos.check;

import dev.weft.load.chaos.fault.Fault;
import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.List;

/** Which faults were in force when, and what they excuse. */
final class Disturbances {
    private final List<Span> spans = new ArrayList<>();

    private Disturbances() {}

    static Disturbances of(List<Entry> entries) {
        Disturbances disturbances = new Disturbances();
        for (Entry entry : entries) {
            if (entry instanceof Entry.FaultBegan began) {
                disturbances.spans.add(new Span(began.fault(), began.at(), Life.NEVER, Life.NEVER));
            } else if (entry instanceof Entry.FaultEnded ended) {
                disturbances.end(ended.fault(), ended.at());
            } else if (entry instanceof Entry.Recovered recovered) {
                disturbances.recover(recovered.at());
            }
        }
        return disturbances;
    }

    private void end(Fault fault, long at) {
        spans.replaceAll(span -> span.ended() == Life.NEVER && span.fault().equals(fault)
                ? new Span(fault, span.began(), at, Life.NEVER)
                : span);
    }

    private void recover(long at) {
        spans.replaceAll(span -> span.ended() != Life.NEVER && span.recovered() == Life.NEVER
                ? new Span(span.fault(), span.began(), span.ended(), at)
                : span);
    }

    List<Span> spans() {
        return spans;
    }

    /** Whether it ended last of the faults from which the cluster recovered at the same time. */
    boolean isLast(Span span) {
        return spans.stream().noneMatch(other -> other.recovered() == span.recovered() && other.ended() > span.ended());
    }

    /** Whether messages between the nodes may have been lost or late for a moment of this time. */
    boolean disturbed(int one, int other, long from, long to) {
        return spans.stream()
                .anyMatch(span -> span.touches(from, to) && span.fault().disturbs(one, other));
    }

    /** When the last fault ended that separated the nodes for a moment of this time; {@link Long#MIN_VALUE} if none did. */
    long separatedUntil(int one, int other, long from, long to) {
        return spans.stream()
                .filter(span -> span.touches(from, to) && span.fault().separates(one, other))
                .mapToLong(Span::ended)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** When the last fault ended that froze the node for a moment of this time; {@link Long#MIN_VALUE} if none did. */
    long frozenUntil(int node, long from, long to) {
        return spans.stream()
                .filter(span -> span.began() <= to
                        && from <= span.ended()
                        && span.fault().freezes(node))
                .mapToLong(Span::ended)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Whether anything in this time can only be noticed by silence. */
    boolean silent(long from, long to) {
        return spans.stream().anyMatch(span -> span.touches(from, to) && span.isSilent());
    }
}
