package dev.weft.directory;

import dev.weft.lane.LocalLane;
import dev.weft.link.Testament;
import dev.weft.wamp.TestamentScope;

/**
 * What the meta API asks of the tables that the whole cluster shares. Each answer comes on the event loop of
 * {@code lane}, once; none comes for a session that has ended meanwhile. Thread-safe; never blocks.
 */
public interface MetaDirectory {
    /**
     * A session on {@code lane} adds a testament, after those of the same scope that it added before.
     *
     * @param done run when every live node has it: from then on it is published whatever happens to this node
     */
    void addTestament(
            String realm, long session, TestamentScope scope, Testament testament, LocalLane lane, Runnable done);

    /**
     * A session on {@code lane} takes back its testaments of one scope.
     *
     * @param done run when no live node has them any more
     */
    void flushTestaments(String realm, long session, TestamentScope scope, LocalLane lane, Runnable done);

    /** Runs {@code then} when the tables of this node show all sessions that were opened and closed on it before. */
    void afterOwnChanges(LocalLane lane, Runnable then);
}
