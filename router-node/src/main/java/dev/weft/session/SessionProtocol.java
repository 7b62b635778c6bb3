package dev.weft.session;

import dev.weft.auth.AuthStep;
import dev.weft.auth.CookieLogins;
import dev.weft.lane.Deadline;
import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ClosedConnection;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionListener;
import dev.weft.transport.Pace;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Call;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one connection, one after another: the state chart of the specification ("Session Lifecycle") from
 * the router's side. Belongs to the event loop of the connection.
 */
final class SessionProtocol implements ConnectionListener, SessionCloser {
    private static final Logger LOG = LoggerFactory.getLogger(SessionProtocol.class);

    private enum State {
        /** Nothing is open: before the first HELLO, or after a GOODBYE was answered. */
        CLOSED,
        /** A HELLO came, and it is being found out who the client is. */
        JOINING,
        ESTABLISHED,
        /** The client logs out, and its cookie is made worthless before it is told so; all else is ignored. */
        LOGGING_OUT,
        /** We said GOODBYE and wait for the client's; all else is ignored. */
        SHUTTING_DOWN,
        /** The connection is closed, or about to be: nothing is handled any more. */
        ENDED
    }

    private final Connection connection;
    private final Realms realms;
    private final SessionHandshake handshake;
    private final SessionDirectory directory;
    private final SessionLimits limits;
    private final Consumer<SessionProtocol> gone;
    private final HandshakeCounters counters;
    private final Deadline deadline;

    private State state = State.CLOSED;
    private @Nullable Joining joining;
    private @Nullable Session session;
    private CookieLogins.@Nullable Session remembered;
    private String authmethod = "";
    private Realms.@Nullable Participation participation;
    private RequestIds requests = new RequestIds(true);
    private long awaited;
    /** Why we said GOODBYE. */
    private CloseReason farewell = CloseReason.NODE_SHUTDOWN;

    /**
     * @param gone told when the connection is closed
     * @param counters of the event loop
     */
    SessionProtocol(
            Connection connection,
            Realms realms,
            SessionHandshake handshake,
            SessionDirectory directory,
            SessionLimits limits,
            Consumer<SessionProtocol> gone,
            HandshakeCounters counters) {
        this.connection = connection;
        this.realms = realms;
        this.handshake = handshake;
        this.directory = directory;
        this.limits = limits;
        this.gone = gone;
        this.counters = counters;
        this.deadline = new Deadline(connection.lane());
        awaitHello();
    }

    private void awaitHello() {
        state = State.CLOSED;
        connection.inSession(false);
        awaited = System.nanoTime();
        closeAfter(limits.helloMillis(), CloseReason.HANDSHAKE_TIMEOUT);
    }

    private void closeAfter(long millis, CloseReason reason) {
        deadline.set(millis, () -> close(reason));
    }

    @Override
    public void message(WampMessage message) {
        switch (state) {
            case CLOSED -> beforeSession(message);
            case JOINING -> whileJoining(message);
            case ESTABLISHED -> inSession(message);
            case SHUTTING_DOWN -> {
                if (message instanceof Goodbye) {
                    close(farewell);
                }
            }
            case LOGGING_OUT, ENDED -> {}
        }
    }

    private void beforeSession(WampMessage message) {
        switch (message.type()) {
            case HELLO -> hello((Hello) message);
            case ABORT -> close(CloseReason.CLIENT_ABORT);
            default -> violated(message.type() + " before the session was opened: HELLO comes first");
        }
    }

    private void hello(Hello hello) {
        Realms.Entrance entrance = realms.find(hello.realm());
        SessionHandshake.Refused refused = handshake.refusal(hello, entrance);
        if (entrance == null || refused != null) {
            refuse(refused);
            return;
        }
        state = State.JOINING;
        Joining begun =
                new Joining(hello, entrance, handshake.request(hello, connection), connection.lane(), this::nextStep);
        joining = begun;
        begun.begin();
    }

    private void refuse(SessionHandshake.@Nullable Refused refused) {
        if (refused != null) {
            abort(refused.error(), refused.fault(), refused.reason());
        }
    }

    /** A client that says anything but the answer to its challenge is not waited for. */
    private void whileJoining(WampMessage message) {
        Joining on = joining;
        if (message instanceof Authenticate answer && on != null && on.isChallenged()) {
            closeAfter(limits.helloMillis(), CloseReason.HANDSHAKE_TIMEOUT);
            on.answer(answer);
        } else if (message instanceof Abort) {
            close(CloseReason.CLIENT_ABORT);
        } else {
            violated(message.type() + " while the session is being opened");
        }
    }

    private void nextStep(AuthStep step) {
        Joining on = joining;
        if (state != State.JOINING || on == null) {
            return;
        }
        if (step instanceof AuthStep.Challenged challenged) {
            connection.send(new Challenge(challenged.method().label(), challenged.extra()));
            deadline.set(on.entrance().authentication().challengeMillis(), this::challengeExpired);
        } else if (step instanceof AuthStep.Refused refused) {
            abort(refused.reason().error(), refused.words(), refused.reason().closeReason());
        } else if (step instanceof AuthStep.Granted granted) {
            open(on, granted);
        }
    }

    private void challengeExpired() {
        abort(
                WampError.AUTHENTICATION_FAILED,
                "the challenge was not answered in time",
                CloseReason.AUTHENTICATION_TIMEOUT);
    }

    private void open(Joining on, AuthStep.Granted granted) {
        joining = null;
        Hello hello = on.hello();
        Realms.Entrance entrance = on.entrance();
        SessionDetails details = SessionHandshake.details(on.session(), granted, connection.transport());
        Session opened =
                new Session(details.identity(), hello.realm(), connection, SessionHandshake.features(hello), this);
        Realms.Refusal full = entrance.open(opened);
        if (full != null) {
            abort(full.error(), full.words(), full.reason());
            return;
        }
        deadline.clear();
        if (granted.expiry() != null) {
            endAt(granted.expiry());
        }
        state = State.ESTABLISHED;
        connection.inSession(true);
        requests = new RequestIds(entrance.strictRequestIds());
        session = opened;
        authmethod = details.authmethod();
        participation = entrance.enter(opened);
        remember(entrance.authentication().cookies(), granted.cookie(), opened);
        counters.durations().record(System.nanoTime() - awaited);
        connection.send(new Welcome(opened.id(), handshake.welcome(hello.realm(), details, entrance, granted.extra())));
        LocalLane lane = connection.lane();
        directory.opened(hello.realm(), details, lane, () -> lane.run(() -> clashed(opened)));
        LOG.debug("session {} of {} joined {}", opened.id(), connection.peer(), hello.realm());
    }

    private void endAt(long expiry) {
        long left = Math.max(0, expiry - System.nanoTime());
        deadline.set(TimeUnit.NANOSECONDS.toMillis(left) + 1, this::expired);
    }

    private void expired() {
        goodbye(
                WampError.CLOSE_TOKEN_EXPIRED.uri(),
                "the token has expired: join again, with a new one",
                CloseReason.TOKEN_EXPIRED);
    }

    private void remember(@Nullable CookieLogins cookies, @Nullable String cookie, Session opened) {
        if (cookies != null && cookie != null) {
            LocalLane lane = connection.lane();
            remembered = cookies.opened(cookie, () -> lane.run(() -> loggedOutElsewhere(opened)));
        }
    }

    private void loggedOutElsewhere(Session of) {
        if (session == of) {
            sayGoodbye(WampError.CLOSE_LOGOUT.uri(), "the user has logged out", CloseReason.KILLED);
        }
    }

    /** The younger of two sessions with one id gives way; its client reconnects and draws another. */
    private void clashed(Session clashed) {
        if (clashed.isOpen()) {
            abort(WampError.UNAVAILABLE, "the session id is taken", CloseReason.INTERNAL_ERROR);
        }
    }

    private void inSession(WampMessage message) {
        switch (message.type()) {
            case GOODBYE -> goodbye((Goodbye) message);
            case ABORT -> close(CloseReason.CLIENT_ABORT);
            case HELLO, AUTHENTICATE -> violated(message.type() + " in a session that is open already");
            default -> route(message);
        }
    }

    /** What the client has asked for before is still done. */
    private void goodbye(Goodbye goodbye) {
        Realms.Participation part = participation;
        if (part == null) {
            return;
        }
        part.afterRequests(() -> {
            if (participation == part) {
                CookieLogins.Session cookie = isLogout(goodbye.reason()) ? remembered : null;
                endSession(CloseReason.CLIENT_GOODBYE);
                if (cookie == null) {
                    goodbyeAndOut();
                } else {
                    state = State.LOGGING_OUT;
                    LocalLane lane = connection.lane();
                    cookie.logOut().whenComplete((done, failure) -> lane.run(() -> loggedOut(failure)));
                }
            }
        });
    }

    private void goodbyeAndOut() {
        connection.send(new Goodbye(Map.of(), WampError.CLOSE_GOODBYE_AND_OUT.uri()));
        awaitHello();
    }

    private void loggedOut(@Nullable Throwable failure) {
        if (state == State.LOGGING_OUT && failure == null) {
            goodbyeAndOut();
        } else if (state == State.LOGGING_OUT) {
            abort(WampError.UNAVAILABLE, "the cookie may still be good: log out again", CloseReason.INTERNAL_ERROR);
        }
    }

    private static boolean isLogout(String reason) {
        return reason.equals(WampError.CLOSE_LOGOUT.uri());
    }

    private void route(WampMessage message) {
        String fault = requests.fault(message);
        Realms.Participation part = participation;
        if (fault != null && !(part != null && message instanceof Call call && part.mayGoOn(call.request()))) {
            violated(fault);
        } else if (part != null) {
            part.route(message);
        }
    }

    @Override
    public void violation(ProtocolViolation violation) {
        if (state == State.SHUTTING_DOWN) {
            close(CloseReason.PROTOCOL_VIOLATION);
        } else {
            abort(violation.error(), violation.fault(), CloseReason.PROTOCOL_VIOLATION);
        }
    }

    @Override
    public void helloTooLarge(String fault) {
        abort(WampError.PAYLOAD_SIZE_EXCEEDED, fault, CloseReason.MESSAGE_TOO_LARGE);
    }

    private void violated(String fault) {
        abort(WampError.PROTOCOL_VIOLATION, fault, CloseReason.PROTOCOL_VIOLATION);
    }

    @Override
    public void abort(WampError error, String fault, CloseReason reason) {
        if (state == State.ENDED) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("session", session == null ? "none" : session.id())
                .addKeyValue("peer", connection.peer())
                .addKeyValue("close_reason", reason.label())
                .log("aborted: {}: {}", error.uri(), fault);
        if (session == null) {
            counters.refusals().increment(reason);
        }
        endSession(reason);
        connection.send(new Abort(Map.of("message", fault), error.uri(), Payload.EMPTY));
        end(reason);
    }

    @Override
    public void goodbye(String uri, @Nullable String message, CloseReason reason) {
        if (state != State.ESTABLISHED) {
            close(reason);
            return;
        }
        CookieLogins.Session cookie = isLogout(uri) ? remembered : null;
        sayGoodbye(uri, message, reason);
        if (cookie != null) {
            cookie.logOut();
        }
    }

    private void sayGoodbye(String uri, @Nullable String message, CloseReason reason) {
        endSession(reason);
        connection.send(new Goodbye(message == null ? Map.of() : Map.of("message", message), uri));
        state = State.SHUTTING_DOWN;
        farewell = reason;
        closeAfter(limits.goodbyeMillis(), CloseReason.GOODBYE_TIMEOUT);
    }

    /** What is to be seen of the client now. */
    ClientStatus status() {
        Session open = session;
        Realms.Participation part = participation;
        return new ClientStatus(
                connection.status(),
                open == null || part == null
                        ? null
                        : new ClientStatus.SessionStatus(
                                open.identity(), authmethod, open.realm(), open.age(), part.holdings()));
    }

    /** Whether the connection is closed, or about to be. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /** The session is to end soon: no call reaches it any more. Returns whether it has answered all that did. */
    boolean finish() {
        Realms.Participation part = participation;
        return part == null || part.finish();
    }

    /** Whether calls that the session made are not answered yet. */
    boolean awaitsResults() {
        Realms.Participation part = participation;
        return part != null && part.awaitsResults();
    }

    @Override
    public void close(CloseReason reason) {
        if (state == State.ENDED) {
            return;
        }
        if (state == State.CLOSED || state == State.JOINING) {
            LOG.debug("connection of {} is closed without a session: {}", connection.peer(), reason.label());
        }
        endSession(reason);
        end(reason);
    }

    @Override
    public void paceChanged(Pace before, Pace now) {
        Realms.Participation part = participation;
        if (part != null) {
            part.paceChanged(before, now);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        endSession(reason);
        stopJoining();
        deadline.clear();
        state = State.ENDED;
        gone.accept(this);
    }

    private void end(CloseReason reason) {
        stopJoining();
        deadline.clear();
        state = State.ENDED;
        connection.close(reason);
    }

    private void stopJoining() {
        if (joining != null) {
            joining.abandon();
            joining = null;
        }
    }

    private static ClosedConnection.Holder holder(Session ended, Holdings holdings) {
        return new ClosedConnection.Holder(
                ended.id(),
                ended.realm(),
                ended.identity().authid(),
                holdings.subscriptions(),
                holdings.registrations(),
                holdings.callsInFlight(),
                holdings.invocationsPending());
    }

    /** All that the session held is given back; nothing is sent to it any more but its farewell. */
    private void endSession(CloseReason reason) {
        Session ended = session;
        Realms.Participation part = participation;
        if (ended == null || part == null) {
            return;
        }
        session = null;
        participation = null;
        deadline.clear();
        if (remembered != null) {
            remembered.close();
            remembered = null;
        }
        ended.ended();
        connection.heldBy(holder(ended, part.holdings()));
        part.leave(() -> directory.closed(ended.realm(), ended.id(), connection.lane()));
        LOG.debug("session {} of {} ended: {}", ended.id(), connection.peer(), reason.label());
    }
}
