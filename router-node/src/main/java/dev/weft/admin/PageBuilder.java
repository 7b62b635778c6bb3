package dev.weft.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Picks the rows of one page out of all that come, without keeping more than are needed. Confined to one thread. */
final class PageBuilder {
    private final PageRequest request;
    private final int needed;
    private final List<Record> first = new ArrayList<>();
    private final PriorityQueue<Record> best;
    private long total;
    private long matching;

    PageBuilder(PageRequest request) {
        this.request = request;
        this.needed = request.offset() + request.limit();
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
            if (first.size() < needed) {
                first.add(row);
            }
        } else {
            best.add(row);
            if (best.size() > needed) {
                best.remove();
            }
        }
    }

    /** Of all that came. */
    Page page() {
        List<Record> rows = first;
        if (request.order() != null) {
            rows = new ArrayList<>(best);
            Collections.sort(rows, request.order());
        }
        List<Record> shown = rows.subList(Math.min(request.offset(), rows.size()), rows.size());
        return new Page(total, matching, request.offset(), request.limit(), List.copyOf(shown));
    }

    /**
     * One page.
     *
     * @param total all rows that there are
     * @param matching those that were asked for
     */
    record Page(long total, long matching, int offset, int limit, List<Record> rows) {}
}
