package dev.weft.directory;

import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeTraits;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/**
 * Where an event loop asks for a change of the tables that the whole cluster shares. Each answer comes on the event loop
 * of {@code lane}, once, after every live node has acknowledged the change (docs/guarantees.md) and the tables of this
 * node show it; {@link TableAnswer.Revoked} may follow an addition that was granted. Thread-safe; never blocks.
 */
public interface TableDirectory {
    /** {@code lane} gained its first subscriber. */
    void addInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Consumer<TableAnswer> answer);

    /** {@code lane} lost its last subscriber. */
    void removeInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Runnable done);

    /** A session on {@code lane} registers. */
    void addCallee(CalleeClaim claim, LocalLane lane, Consumer<TableAnswer> answer);

    /** A session on {@code lane} holds a registration no more: it unregistered, or it is gone. */
    void removeCallee(CalleeClaim claim, long registration, LocalLane lane, Runnable done);

    /** What a session claims when it registers. */
    record CalleeClaim(
            String realm,
            MatchPolicy match,
            String procedure,
            InvocationPolicy invoke,
            long session,
            CalleeTraits traits) {
        /** Of a callee without traits. */
        public CalleeClaim(String realm, MatchPolicy match, String procedure, InvocationPolicy invoke, long session) {
            this(realm, match, procedure, invoke, session, CalleeTraits.NONE);
        }
    }
}
