package dev.weft.transport.http;

import dev.weft.lane.Congestible;
import dev.weft.lane.LocalLane;
import org.jspecify.annotations.Nullable;

/**
 * Keeps back the answers to a session's requests while what these have fed is congested: clients that wait for them send nothing
 * meanwhile, and the HTTP connection may be that of others, too, so that it cannot be left unread. Belongs to an event loop.
 */
final class AnswerPause {
    private static final long LOOK_MILLIS = 2;

    private final LocalLane lane;
    private @Nullable Congestible fed;
    private boolean over;

    AnswerPause(LocalLane lane) {
        this.lane = lane;
    }

    void until(Congestible congested) {
        fed = congested;
    }

    /** Nothing is kept back any more. */
    void end() {
        over = true;
    }

    /** Runs {@code answer} as soon as what was fed last is not congested. */
    void whenOver(Runnable answer) {
        Congestible awaited = fed;
        if (awaited == null || over || !awaited.isCongested()) {
            fed = null;
            answer.run();
        } else {
            lane.schedule(LOOK_MILLIS, () -> whenOver(answer));
        }
    }
}
