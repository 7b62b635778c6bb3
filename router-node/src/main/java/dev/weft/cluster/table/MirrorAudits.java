package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether what this node knows of the others is what they hold: compared whenever one of them tells a digest, and when
 * someone asks. Each method may be called on the event loop of the link concerned, {@link #verify} on any thread.
 */
public final class MirrorAudits {
    private static final long ANSWER_SECONDS = 20;

    /**
     * What was found when someone asked.
     *
     * @param undecided buckets that changed each time they were compared
     * @param unanswered nodes that did not tell what they hold, with the table
     */
    public record Verification(List<TableDifference> differences, int undecided, List<String> unanswered) {}

    private record Asked(String what, CompletableFuture<AuditQuestion.Answer> answer) {}

    private static final AuditQuestion.Answer NONE = new AuditQuestion.Answer(List.of(), TableAudit.BUCKETS);

    private final Mirror mirror;
    private final ControlThread background;
    private final AuditCounters counters;
    private final boolean repairs;
    private final AuditPace pace;
    private final Map<Lane, LaneAudit> links = new ConcurrentHashMap<>();

    /**
     * @param background where tables are walked
     * @param repairs whether what differs is mended without being asked
     */
    public MirrorAudits(Mirror mirror, ControlThread background, AuditCounters counters, boolean repairs) {
        this.mirror = mirror;
        this.background = background;
        this.counters = counters;
        this.repairs = repairs;
        this.pace = new AuditPace(background);
    }

    /** Before anything of the link is put into the mirror. */
    public void linkUp(AuditedLink link) {
        links.put(link.lane(), new LaneAudit(link, mirror, background, pace, counters, repairs));
    }

    /** Before {@code change} is put into the mirror. */
    public void changing(Lane lane, TableChange change) {
        LaneAudit link = links.get(lane);
        if (link != null) {
            link.changing(change);
        }
    }

    /** What concerns this node's own tables is not for here. */
    public void received(Lane lane, TableAudit audit) {
        LaneAudit link = links.get(lane);
        if (link != null) {
            link.received(audit);
        }
    }

    public void linkDown(Lane lane) {
        LaneAudit link = links.remove(lane);
        if (link != null) {
            link.end();
        }
    }

    /** Asks all nodes that are linked now. */
    public CompletableFuture<Verification> verify(boolean repair) {
        List<Asked> asked = new ArrayList<>();
        for (LaneAudit link : links.values()) {
            for (TableKind kind : TableKind.values()) {
                String what = link.node().name() + " " + EntryDigest.label(kind);
                asked.add(new Asked(
                        what, link.ask(kind, repair).completeOnTimeout(NONE, ANSWER_SECONDS, TimeUnit.SECONDS)));
            }
        }
        CompletableFuture<?>[] all = asked.stream().map(Asked::answer).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(done -> verification(asked));
    }

    private static Verification verification(List<Asked> asked) {
        List<TableDifference> differences = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        int undecided = 0;
        for (Asked each : asked) {
            AuditQuestion.Answer answer = each.answer().join();
            differences.addAll(answer.differences());
            if (answer.undecided() == TableAudit.BUCKETS) {
                unanswered.add(each.what());
            } else {
                undecided += answer.undecided();
            }
        }
        return new Verification(differences, undecided, unanswered);
    }
}
