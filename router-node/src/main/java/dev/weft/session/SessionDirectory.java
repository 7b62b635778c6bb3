package dev.weft.session;

import dev.weft.wamp.Identity;

/** Where the cluster is told which sessions there are. Never blocks; may be called on any event loop. */
public interface SessionDirectory {
    /**
     * A session was opened.
     *
     * @param clash run, on any thread, if another session of the cluster has the same id
     */
    void opened(String realm, Identity session, Runnable clash);

    void closed(String realm, long session);
}
