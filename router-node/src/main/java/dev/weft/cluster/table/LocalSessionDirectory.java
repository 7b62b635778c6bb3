package dev.weft.cluster.table;

import dev.weft.session.SessionDirectory;
import dev.weft.wamp.Identity;

/** The sessions of a node that is a cluster by itself: nobody else can have the same id. */
public final class LocalSessionDirectory implements SessionDirectory {
    @Override
    public void opened(String realm, Identity session, Runnable clash) {}

    @Override
    public void closed(String realm, long session) {}
}
