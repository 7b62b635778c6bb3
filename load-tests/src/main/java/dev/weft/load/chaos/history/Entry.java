package dev.weft.load.chaos.history;

import dev.weft.load.chaos.fault.Fault;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;

/**
 * One thing that happened. {@code at} is {@link System#nanoTime}, the same clock for all; {@code session} is the number that
 * this suite gave the session, never used twice in a run, and {@code request} is unique within the session. What a session
 * sent is entered before it is sent, what it received when it was received.
 */
public sealed interface Entry {
    long at();

    /** Of a session. */
    sealed interface OfSession extends Entry {
        int session();
    }

    /** A request, or what answers or concerns it. */
    sealed interface OfRequest extends OfSession {
        long request();
    }

    /** @param id the one that the router gave */
    record Opened(long at, int session, int node, long id) implements OfSession {}

    /** The connection is gone, or this side closes it: nothing is sent or received after this. */
    record Closed(long at, int session) implements OfSession {}

    record SubscribeSent(long at, int session, long request, MatchPolicy match, String topic) implements OfRequest {}

    record Subscribed(long at, int session, long request, long subscription) implements OfRequest {}

    record UnsubscribeSent(long at, int session, long request, long subscription) implements OfRequest {}

    record Unsubscribed(long at, int session, long request) implements OfRequest {}

    /** @param number counts the publications of the session from 0 */
    record PublishSent(long at, int session, long request, long number, String topic, boolean acknowledge)
            implements OfRequest {}

    record Published(long at, int session, long request, long publication) implements OfRequest {}

    /** @param publisher the session that published it, and {@code number} which of its publications, as the payload says */
    record EventReceived(long at, int session, long subscription, long publication, int publisher, long number)
            implements OfSession {}

    /** The router says that events from the node may be missing from here on, or ({@code open} is false) no longer. */
    record GapTold(long at, int session, int node, boolean open) implements OfSession {}

    /** @param single whether nobody else may hold the procedure */
    record RegisterSent(long at, int session, long request, String procedure, boolean single) implements OfRequest {}

    record Registered(long at, int session, long request, long registration) implements OfRequest {}

    record UnregisterSent(long at, int session, long request, long registration) implements OfRequest {}

    record Unregistered(long at, int session, long request) implements OfRequest {}

    /** The router took the registration away. */
    record Revoked(long at, int session, long registration) implements OfSession {}

    /**
     * @param number counts the calls of the session from 0
     * @param ownTime how long the callee is asked to take, in nanoseconds; {@link #FOREVER} if it never answers
     * @param timeout after which the router is asked to end the call, in nanoseconds; {@link #FOREVER} if it is not
     */
    record CallSent(long at, int session, long request, long number, String procedure, long ownTime, long timeout)
            implements OfRequest {
        public static final long FOREVER = Long.MAX_VALUE;
    }

    record CancelSent(long at, int session, long request, CancelMode mode) implements OfRequest {}

    /** @param number which progressive result, from 0, or of which call, if it is final: as the payload says */
    record ResultReceived(long at, int session, long request, boolean progress, long number) implements OfRequest {}

    /** A call ended with an error. */
    record CallFailed(long at, int session, long request, String error) implements OfRequest {}

    /**
     * @param request the invocation's
     * @param caller the session that called, and {@code number} which of its calls, as the payload says
     */
    record Invoked(long at, int session, long request, long registration, int caller, long number)
            implements OfRequest {}

    record Interrupted(long at, int session, long request) implements OfRequest {}

    record YieldSent(long at, int session, long request, boolean progress) implements OfRequest {}

    /** The callee answers with an error. */
    record InvocationFailed(long at, int session, long request, String error) implements OfRequest {}

    /** A request other than a call was refused. */
    record Refused(long at, int session, long request, MessageType type, String error) implements OfRequest {}

    /** From here on the fault may show. */
    record FaultBegan(long at, Fault fault) implements Entry {}

    /** From here on the fault does nothing any more, and nodes it took down are ready again. */
    record FaultEnded(long at, Fault fault) implements Entry {}

    /** Every node works with every other again, after the faults that ended before. */
    record Recovered(long at) implements Entry {}

    /** No publications, calls or faults after this, but for answers. */
    record Quiet(long at) implements Entry {}
}
