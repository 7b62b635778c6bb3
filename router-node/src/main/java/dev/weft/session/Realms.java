package dev.weft.session;

import dev.weft.auth.RealmAuthentication;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Pace;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The realms as sessions find them on one event loop. */
public interface Realms {
    /** The realm that clients may join, or null. */
    @Nullable
    Entrance find(String uri);

    /** Why a client that has proved who it is gets no session; in words for the client. */
    record Refusal(WampError error, String words, CloseReason reason) {}

    /** The way into one realm. */
    interface Entrance {
        /** Who may join, and how it is found out. */
        RealmAuthentication authentication();

        /** Whether clients are told of other sessions, and of registrations, by the meta API. */
        boolean tellsOfSessions();

        /** Whether past events can be asked for. */
        boolean keepsHistory();

        /** What clients are told of each other. */
        DisclosurePolicy disclosure();

        /** Whether the request ids of clients must be 1, 2, 3 and so on. */
        boolean strictRequestIds();

        /**
         * Has the realm made for a client that has proved who it is, if it is not there and may be.
         *
         * @return completes when {@link #open} may be called, on any thread; never exceptionally
         */
        CompletionStage<?> prepare();

        /** Counts a session in, before anything else but {@link #authentication} and {@link #prepare}: null, or why there can be no more. */
        @Nullable
        Refusal open(Session session);

        /** Takes a session in that was counted in, before its WELCOME is sent. */
        Participation enter(Session session);
    }

    /** A session's part in a realm. */
    interface Participation {
        /** Handles a message other than those that open and close sessions. */
        void route(WampMessage message);

        /** Whether a CALL may have this request id once more, because it goes on with a call that comes in chunks. */
        boolean mayGoOn(long request);

        /** The client takes what it is sent in another way than before. */
        void paceChanged(Pace before, Pace now);

        /**
         * The session is to end soon: no call reaches it any more.
         *
         * @return whether it has answered all that did
         */
        boolean finish();

        /** Runs {@code action} when all that was routed before is handled: at once, unless something is asked for first. */
        void afterRequests(Runnable action);

        /** What the session has now. */
        Holdings holdings();

        /** Whether calls that the session made are not answered yet. */
        boolean awaitsResults();

        /**
         * The session ended: no message follows.
         *
         * @param released run once, on the event loop, when all it held has been given back to the tables, and nothing
         *     it asked for can still be granted
         */
        void leave(Runnable released);
    }
}
