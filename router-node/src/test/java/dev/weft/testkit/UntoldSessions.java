package dev.weft.testkit;

import dev.weft.lane.LocalLane;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;

/** For tests in which nobody needs to know which sessions there are. */
public final class UntoldSessions implements SessionDirectory {
    @Override
    public void opened(String realm, SessionDetails session, LocalLane lane, Runnable clash) {}

    @Override
    public void closed(String realm, long session, LocalLane lane) {}
}
