package dev.weft.load.chaos.check;

import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Detection and recovery times by kind of fault, in nanoseconds, one for each fault; over all rounds of a run. */
public final class Measures {
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, List<Long>> detections = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, List<Long>> recoveries = new EnumMap<>(FaultKind.class);

    public void add(List<Entry> entries, Bounds bounds) {
        Evidence evidence = new Evidence(entries, bounds, 0);
        for (Span span : evidence.disturbances().spans()) {
            FaultKind kind = span.fault().kind();
            counts.merge(kind, 1, Integer::sum);
            if (isOfOneMoment(kind)) {
                detection(evidence, span).ifPresent(time -> put(detections, kind, time));
            }
            if (span.recovered() != Life.NEVER && evidence.disturbances().isLast(span)) {
                put(recoveries, kind, span.recovered() - span.ended());
            }
        }
    }

    /** How many were injected. */
    public Map<FaultKind, Integer> counts() {
        return counts;
    }

    /** From the beginning of a fault until the last call ended that it had made unanswerable. */
    public List<Long> detections(FaultKind kind) {
        return detections.getOrDefault(kind, List.of()).stream().sorted().toList();
    }

    /** From the end of a fault until every node worked with every other one. */
    public List<Long> recoveries(FaultKind kind) {
        return recoveries.getOrDefault(kind, List.of()).stream().sorted().toList();
    }

    private static void put(Map<FaultKind, List<Long>> times, FaultKind kind, long time) {
        times.computeIfAbsent(kind, key -> new ArrayList<>()).add(time);
    }

    private static OptionalLong detection(Evidence evidence, Span span) {
        return evidence.calls().all().stream()
                .filter(call -> isCutOff(evidence, call, span))
                .mapToLong(call -> call.ended() - span.began())
                .max();
    }

    /** Faults of several nodes, one after the other, have no time to measure from. */
    private static boolean isOfOneMoment(FaultKind kind) {
        return kind != FaultKind.RESTART_STORM && kind != FaultKind.ROLLING_RESTART;
    }

    /** Its callee would never have answered, and it ended in the time of the fault by no doing of its caller. */
    private static boolean isCutOff(Evidence evidence, CallRecord call, Span span) {
        if (call.sent().ownTime() != Entry.CallSent.FOREVER
                || call.sent().timeout() != Entry.CallSent.FOREVER
                || call.invocations().isEmpty()
                || call.invocations().get(0).at() >= span.began()
                || call.ended() <= span.began()
                || call.ended() > span.recovered()
                || call.cancel() != null) {
            return false;
        }
        Life caller = evidence.life(call.sent().session());
        Life callee = evidence.life(call.invocations().get(0).session());
        return span.fault().separates(caller.node(), callee.node())
                && !span.fault().freezes(caller.node());
    }
}
