package dev.weft.session;

import dev.weft.lane.LocalLane;
import dev.weft.wamp.SessionDetails;

/** Where the cluster is told which sessions there are. Never blocks; may be called on any event loop. */
public interface SessionDirectory {
    /**
     * A session was opened, and its WELCOME sent.
     *
     * @param lane of its event loop
     * @param clash run, on any thread, if another session of the cluster has the same id
     */
    void opened(String realm, SessionDetails session, LocalLane lane, Runnable clash);

    /** A session ended, and nothing of it is left that could still be told to other nodes. */
    void closed(String realm, long session, LocalLane lane);
}
