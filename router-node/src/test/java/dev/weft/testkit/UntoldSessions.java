package dev.weft.testkit;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.Testament;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.TestamentScope;

/** For tests in which nobody needs to know which sessions there are. */
public final class UntoldSessions implements SessionDirectory, MetaDirectory {
    @Override
    public void opened(String realm, SessionDetails session, LocalLane lane, Runnable clash) {}

    @Override
    public void closed(String realm, long session, LocalLane lane) {}

    @Override
    public void addTestament(
            String realm, long session, TestamentScope scope, Testament testament, LocalLane lane, Runnable done) {
        done.run();
    }

    @Override
    public void flushTestaments(String realm, long session, TestamentScope scope, LocalLane lane, Runnable done) {
        done.run();
    }

    @Override
    public void afterOwnChanges(LocalLane lane, Runnable then) {
        then.run();
    }
}
