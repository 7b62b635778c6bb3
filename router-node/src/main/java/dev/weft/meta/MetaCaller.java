package dev.weft.meta;

import dev.weft.authorization.RoleAuthorizer;
import dev.weft.session.Session;
import dev.weft.wamp.TestamentScope;

/** A session as the meta API sees it: how many testaments it has. Belongs to the session's event loop. */
public final class MetaCaller {
    private final Session session;
    private final RoleAuthorizer authorizer;
    private final int[] testaments = new int[TestamentScope.values().length];

    public MetaCaller(Session session, RoleAuthorizer authorizer) {
        this.session = session;
        this.authorizer = authorizer;
    }

    Session session() {
        return session;
    }

    /** Whether it may publish to {@code topic}. */
    boolean mayPublish(String topic) {
        return authorizer.mayPublish(topic);
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
