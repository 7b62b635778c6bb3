package dev.weft.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Picks the rows of one page out of all that come, without keeping more than are needed. Confined to one thread. */
final class PageBuilder {
    private final PageRequest request;
    private final int sortedNeeded;
    private final List<Record> inOrder = new ArrayList<>();
    private final PriorityQueue<Record> best;
    private long total;
    private long matching;

    PageBuilder(PageRequest request) {
        this.request = request;
        this.sortedNeeded = request.offset() + request.limit();
        Comparator<Record> order = request.order();
        this.best = order == null ? new PriorityQueue<>() : new PriorityQueue<>(order.reversed());
    }

    void add(Record row) {
        total++;
        if (!request.admits(row)) {
            return;
        }
        matching++;
        if (request.order() == null) {
            if (matching > request.offset() && inOrder.size() < request.limit()) {
                inOrder.add(row);
            }
        } else {
            best.add(row);
            if (best.size() > sortedNeeded) {
                best.remove();
            }
        }
    }

    /** Of all that came. */
    Page page() {
        List<Record> shown = request.order() == null ? inOrder : sorted(request.order());
        return new Page(total, matching, request.offset(), request.limit(), List.copyOf(shown));
    }

    private List<Record> sorted(Comparator<Record> order) {
        List<Record> rows = new ArrayList<>(best);
        Collections.sort(rows, order);
        return rows.subList(Math.min(request.offset(), rows.size()), rows.size());
    }

    /**
     * One page.
     *
     * @param total all rows that there are
     * @param matching those that were asked for
     */
    record Page(long total, long matching, int offset, int limit, List<Record> rows) {}
}
