package dev.weft.node;

import dev.weft.cluster.table.MirrorAudits.Verification;
import dev.weft.cluster.table.TableDifference;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node found when it was told to compare its tables.
 *
 * @param complete whether all was compared: every node answered, and no part changed all the time
 * @param undecided parts that changed each time they were compared
 * @param unanswered nodes that did not tell what they hold, with the table
 */
public record VerifyReport(
        List<TableDifference> differences, boolean complete, int undecided, List<String> unanswered) {
    static final VerifyReport NOTHING = new VerifyReport(List.of(), true, 0, List.of());

    static VerifyReport of(Verification linked, List<TableDifference> stored) {
        List<TableDifference> all = new ArrayList<>(linked.differences());
        all.addAll(stored);
        boolean complete = linked.undecided() == 0 && linked.unanswered().isEmpty();
        return new VerifyReport(all, complete, linked.undecided(), linked.unanswered());
    }
}
