package dev.weft.meta;

import dev.weft.session.Session;
import dev.weft.wamp.TestamentScope;

/** A session as the meta API sees it: how many testaments it has. Belongs to the session's event loop. */
public final class MetaCaller {
    private final Session session;
    private final int[] testaments = new int[TestamentScope.values().length];

    public MetaCaller(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** Of all scopes, those that are not yet known everywhere included. */
    int testaments() {
        int sum = 0;
        for (int count : testaments) {
            sum += count;
        }
        return sum;
    }

    void added(TestamentScope scope) {
        testaments[scope.ordinal()]++;
    }

    void flushed(TestamentScope scope) {
        testaments[scope.ordinal()] = 0;
    }
}
