package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each session published, in order: the publication with number n is the n-th. */
final class Publications {
    private Publications() {}

    static Map<Integer, List<Entry.PublishSent>> of(Evidence evidence) {
        Map<Integer, List<Entry.PublishSent>> published = new HashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.PublishSent sent) {
                published
                        .computeIfAbsent(sent.session(), session -> new ArrayList<>())
                        .add(sent);
            }
        }
        return published;
    }
}
