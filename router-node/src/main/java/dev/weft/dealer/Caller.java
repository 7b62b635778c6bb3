package dev.weft.dealer;

import dev.weft.lane.LongMap;
import dev.weft.session.Session;
import dev.weft.wamp.Call;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A session as the one side of the dealer sees it: its calls in flight. Belongs to the session's event loop. */
public final class Caller {
    /** Calls whose late chunks are known as such; of the oldest ones beyond that they are violations. */
    private static final int MOST_LATE = 1_000;

    private final Session session;
    private final boolean ofRouter;
    private final LongMap<PendingCall> calls = new LongMap<>();
    private Set<Long> late = Set.of();
    private Set<Long> opening = Set.of();

    public Caller(Session session) {
        this(session, false);
    }

    private Caller(Session session, boolean ofRouter) {
        this.session = session;
        this.ofRouter = ofRouter;
    }

    /**
     * The router itself. What it asks for its clients is not bound by what each of them may have in flight: a client waits for
     * one answer at a time, so there are no more of these than connections.
     */
    static Caller ofRouter(Session session) {
        return new Caller(session, true);
    }

    Session session() {
        return session;
    }

    /** Whether one call more would be too many. */
    boolean isFull(int most) {
        return calls.size() >= most && !ofRouter;
    }

    public int callsInFlight() {
        return calls.size();
    }

    public boolean hasCallsInFlight() {
        return !calls.isEmpty();
    }

    /** By the id of the CALL. */
    LongMap<PendingCall> calls() {
        return calls;
    }

    /** A CALL in chunks came that waits for something before it opens a call; the next ones may come meanwhile. */
    public void mayOpen(long request) {
        if (opening.isEmpty()) {
            opening = new HashSet<>();
        }
        opening.add(request);
    }

    /** The CALL opens a call, or is refused. */
    void decided(long request) {
        if (!opening.isEmpty()) {
            opening.remove(request);
        }
    }

    void ended(PendingCall call) {
        calls.remove(call.request());
        Chunks chunks = call.chunks();
        if (chunks != null && !chunks.isComplete()) {
            expectLateChunks(call.request());
        }
    }

    /** The call is over, but the caller, who does not know yet, may send further chunks of it. */
    void expectLateChunks(long request) {
        if (late.isEmpty()) {
            late = new LinkedHashSet<>();
        }
        late.add(request);
        if (late.size() > MOST_LATE) {
            Iterator<Long> oldest = late.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether the CALL is a further chunk of a call that is over. */
    boolean isLateChunk(Call call) {
        if (late.isEmpty() || !late.contains(call.request())) {
            return false;
        }
        if (!call.options().progress()) {
            late.remove(call.request());
        }
        return true;
    }

    /** Whether a CALL with this id may follow another one: the call comes in chunks, and the last has not come. */
    public boolean mayGoOn(long request) {
        PendingCall call = calls.get(request);
        Chunks chunks = call == null ? null : call.chunks();
        return chunks != null ? !chunks.isComplete() : late.contains(request) || opening.contains(request);
    }
}
