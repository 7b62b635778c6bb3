package dev.weft.meta;

import dev.weft.broker.Subscription;
import dev.weft.session.Session;
import dev.weft.wamp.TestamentScope;
import java.util.function.Predicate;

/** A session as the meta API sees it: how many testaments it has. Belongs to the session's event loop. */
public final class MetaCaller {
    private final Session session;
    private final Predicate<String> mayPublish;
    private final Predicate<Subscription> mayRead;
    private final int[] testaments = new int[TestamentScope.values().length];

    /**
     * @param mayPublish whether it may publish to a topic
     * @param mayRead whether it may have the past events of a subscription
     */
    public MetaCaller(Session session, Predicate<String> mayPublish, Predicate<Subscription> mayRead) {
        this.session = session;
        this.mayPublish = mayPublish;
        this.mayRead = mayRead;
    }

    Session session() {
        return session;
    }

    /** Whether it may publish to {@code topic}. */
    boolean mayPublish(String topic) {
        return mayPublish.test(topic);
    }

    /** Whether it may have the past events of {@code subscription}. */
    boolean mayRead(Subscription subscription) {
        return mayRead.test(subscription);
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
