package dev.weft.cluster.table;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asserts again all that this node holds, in the background: some at a time, so that requests go on meanwhile. What is
 * asked for while it goes on, or within a moment, is one more round. Confined to the control thread.
 */
final class Reassertion {
    /** Changes of membership come in swarms. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** Enough to keep the other members busy, and little enough for others to get their turn. */
    private static final int AT_A_TIME = 256;

    private final ControlThread control;
    private final TableCounters counters;
    private final LongSupplier term;
    private final LongConsumer complete;
    private final List<Supplier<? extends Collection<? extends Renewable>>> holders = new ArrayList<>();
    private final Deque<Renewable> waiting = new ArrayDeque<>();
    private boolean planned;
    private boolean running;
    private boolean stepping;
    private int pending;
    private long round;
    private long begunIn;

    /** @param complete given a term when all that is held was asserted in it or later */
    Reassertion(ControlThread control, TableCounters counters, LongSupplier term, LongConsumer complete) {
        this.control = control;
        this.counters = counters;
        this.term = term;
        this.complete = complete;
    }

    /** @param held all that there is at the moment */
    void of(Supplier<? extends Collection<? extends Renewable>> held) {
        holders.add(held);
    }

    void ask() {
        if (!planned) {
            planned = true;
            control.later(MOMENT, this::begin);
        }
    }

    private void begin() {
        planned = false;
        counters.reasserted();
        round++;
        begunIn = term.getAsLong();
        pending = 0;
        waiting.clear();
        holders.forEach(held -> waiting.addAll(held.get()));
        running = true;
        step();
    }

    /** Not recursive, because what is over at once is no reason for a deep stack. */
    private void step() {
        if (stepping) {
            return;
        }
        stepping = true;
        long present = round;
        while (pending < AT_A_TIME && !waiting.isEmpty()) {
            pending++;
            waiting.remove().renew(() -> over(present));
        }
        stepping = false;
        if (running && pending == 0 && waiting.isEmpty()) {
            running = false;
            complete.accept(begunIn);
        }
    }

    private void over(long of) {
        if (of == round) {
            counters.renewed();
            pending--;
            step();
        }
    }
}
