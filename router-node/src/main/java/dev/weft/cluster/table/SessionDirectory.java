package dev.weft.cluster.table;

/** Which sessions there are in the cluster, and the nodes that own them. Thread-safe; never blocks. */
public interface SessionDirectory {
    /**
     * A session of this node was opened.
     *
     * @param clash run, on a thread of the directory, if another node has a session with this id: the session opened here
     *     is the younger one and has to go
     */
    void opened(String realm, long session, Runnable clash);

    /** A session of this node is over. */
    void closed(String realm, long session);
}
