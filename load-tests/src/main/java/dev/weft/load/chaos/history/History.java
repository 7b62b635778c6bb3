package dev.weft.load.chaos.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All entries of one round, in the order of their times. Written on the event loop of the clients, read when it is over. */
public final class History {
    private final List<Entry> entries = new ArrayList<>();

    public void add(Entry entry) {
        entries.add(entry);
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    public int size() {
        return entries.size();
    }
}
