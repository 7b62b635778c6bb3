package dev.weft.cluster.table;

import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeTraits;
import dev.weft.link.InterestAdded;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.TableChange;
import dev.weft.wamp.Identity;
import dev.weft.wamp.SessionDetails;
import java.util.function.Consumer;

/**
 * Entries of the shared tables as the frames that would announce them, so that they can be compared with what their owner
 * holds. What is not stored, such as the event loop of a session, is left out.
 */
final class StoredEntry {
    private StoredEntry() {}

    /** What of {@code announced} is stored. */
    static TableChange of(TableChange announced) {
        if (announced instanceof CalleeAdded callee) {
            return new CalleeAdded(
                    callee.realm(),
                    callee.match(),
                    callee.procedure(),
                    callee.invoke(),
                    callee.registration(),
                    callee.order(),
                    callee.session(),
                    callee.term(),
                    0,
                    CalleeTraits.NONE);
        }
        if (announced instanceof SessionJoined session) {
            return session(session.realm(), session.details().identity().session());
        }
        return announced;
    }

    static SessionJoined session(String realm, long session) {
        return new SessionJoined(realm, new SessionDetails(new Identity(session, "", ""), "", "", ""), 0);
    }

    /** Those of {@code owner} in one entry of a map; {@code value} is of one of the three tables. */
    static void each(Object key, Object value, NodeId owner, Consumer<TableChange> action) {
        if (value instanceof InterestHolders holders) {
            TableKey topic = (TableKey) key;
            if (holders.holders().stream().anyMatch(holder -> holder.node().equals(owner))) {
                action.accept(new InterestAdded(topic.realm(), topic.match(), topic.uri(), holders.subscription()));
            }
        } else if (value instanceof CalleeRoster roster) {
            each((TableKey) key, roster, owner, action);
        } else if (value instanceof SessionOwner session && session.node().equals(owner)) {
            action.accept(session(session.realm(), (Long) key));
        }
    }

    private static void each(TableKey key, CalleeRoster roster, NodeId owner, Consumer<TableChange> action) {
        for (CalleeRoster.Callee callee : roster.callees()) {
            if (callee.node().equals(owner)) {
                action.accept(new CalleeAdded(
                        key.realm(),
                        key.match(),
                        key.uri(),
                        roster.invoke(),
                        roster.registration(),
                        callee.order(),
                        callee.session(),
                        callee.term(),
                        0,
                        CalleeTraits.NONE));
            }
        }
    }
}
