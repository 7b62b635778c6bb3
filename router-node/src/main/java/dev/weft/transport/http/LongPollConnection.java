package dev.weft.transport.http;

import dev.weft.lane.Congestible;
import dev.weft.lane.Deadline;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedPoll;
import dev.weft.link.RoutedPollAnswer;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ClosedConnection;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.ConnectionKind;
import dev.weft.transport.ConnectionListener;
import dev.weft.transport.ConnectionStatus;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.transport.Pace;
import dev.weft.transport.PeerCredentials;
import dev.weft.transport.Subprotocol;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose client asks for its messages by one HTTP request after another, and sends by others, at whatever node
 * (WAMP specification, "HTTP Longpoll Transport"). Belongs to its event loop, to which all these requests come.
 */
final class LongPollConnection implements Connection {
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int BAD_REQUEST = 400;

    /** How long what was sent last waits to be asked for when the connection is closed. */
    private static final long LINGER_MILLIS = 10_000;

    /** One {@code receive}. */
    private record Poll(Lane from, long request) {}

    private final long id;
    private final HttpListener listener;
    private final LongPollOptions options;
    private final HttpLoop loop;
    private final AnswerPause pause;
    private final HttpPeer peer;
    private final @Nullable String bearer;
    private final PollFraming framing;
    private final PollMessages incoming;
    private final Mailbox mailbox;
    private final PollTraffic traffic;
    private final Deadline deadline;
    private final long began = System.nanoTime();

    /** Answered with messages of which it is not known yet whether they were written to the client. */
    private final Set<Poll> handed = new HashSet<>();

    private @Nullable ConnectionListener router;
    private @Nullable Poll waiting;
    private ClosedConnection.@Nullable Holder holder;
    private @Nullable CloseReason closing;
    private boolean ended;
    private boolean toHand;

    /** @param bearer the token with which it was opened, or null */
    LongPollConnection(
            HttpListener listener,
            LongPollOptions options,
            HttpLoop loop,
            HttpPeer peer,
            @Nullable String bearer,
            Subprotocol subprotocol) {
        this.id = listener.nextId();
        this.listener = listener;
        this.options = options;
        this.loop = loop;
        this.pause = new AnswerPause(loop.lane());
        this.deadline = new Deadline(loop.lane());
        this.peer = peer;
        this.bearer = bearer;
        this.framing = new PollFraming(loop, subprotocol);
        this.incoming = new PollMessages(this, framing.format(), listener.limits());
        this.mailbox = new Mailbox(loop.traffic().backlog(), () -> abandon(CloseReason.OUTBOUND_MEMORY));
        this.traffic = new PollTraffic(this, loop);
    }

    /** Its first {@code receive} is awaited from now on. */
    void open(ConnectionAcceptor acceptor) {
        loop.counters().accepted();
        loop.counters().opened(ConnectionKind.of(this));
        awaitPoll();
        router = acceptor.accept(this);
    }

    /** A request for this transport, or news of one. */
    void handle(RoutedPoll request, Lane from) {
        Poll poll = new Poll(from, request.request());
        switch (request.action()) {
            case RECEIVE -> receive(poll);
            case SEND -> received(poll, request.body());
            case CLOSE -> closedByClient(poll);
            case ABANDONED -> abandoned(poll);
            case DELIVERED -> handed.remove(poll);
            case LOST -> {
                if (handed.remove(poll)) {
                    end(CloseReason.TRANSPORT_LOST);
                }
            }
        }
    }

    /** Who has asked through {@code lane} is not there any more, and what it was answered last may be lost. */
    void laneDown(Lane lane) {
        Poll poll = waiting;
        if (poll != null && poll.from() == lane) {
            waiting = null;
            awaitPoll();
        }
        if (handed.removeIf(each -> each.from() == lane)) {
            end(CloseReason.TRANSPORT_LOST);
        }
    }

    private void receive(Poll poll) {
        Poll earlier = waiting;
        if (ended) {
            refuse(poll);
            return;
        }
        if (earlier != null) {
            answer(earlier, RoutedPollAnswer.wrong(earlier.request(), CONFLICT, "another receive took its place"));
        }
        waiting = poll;
        if (mailbox.isEmpty()) {
            setDeadline(options.receiveTimeout().toMillis(), this::nothingCame);
        } else {
            hand();
        }
    }

    private void nothingCame() {
        Poll poll = waiting;
        if (poll != null) {
            waiting = null;
            answer(poll, RoutedPollAnswer.done(poll.request()));
            awaitPoll();
        }
    }

    private void abandoned(Poll poll) {
        if (poll.equals(waiting)) {
            nothingCame();
        }
    }

    /** Gives what waits to the {@code receive} that does. */
    private void hand() {
        toHand = false;
        Poll poll = waiting;
        if (poll == null || mailbox.isEmpty()) {
            return;
        }
        byte[] messages = framing.body(mailbox);
        waiting = null;
        handed.add(poll);
        traffic.bodySent(messages.length);
        answer(poll, RoutedPollAnswer.messages(poll.request(), serializer().id(), messages));
        CloseReason reason = closing;
        if (reason != null && mailbox.isEmpty()) {
            end(reason);
        } else {
            awaitPoll();
        }
    }

    /** From now on until the next {@code receive} the client may be gone for good. */
    private void awaitPoll() {
        CloseReason reason = closing;
        long idle = options.idleTimeout().toMillis();
        if (reason == null) {
            setDeadline(idle, () -> abandon(CloseReason.POLL_TIMEOUT));
        } else {
            setDeadline(Math.min(idle, LINGER_MILLIS), () -> end(reason));
        }
    }

    private void setDeadline(long millis, Runnable missed) {
        if (!ended) {
            deadline.set(millis, missed);
        }
    }

    private void received(Poll poll, byte[] body) {
        if (closing != null || router == null) {
            refuse(poll);
            return;
        }
        String fault = incoming.take(Unpooled.wrappedBuffer(body), router);
        traffic.bodyReceived(body.length);
        if (fault != null) {
            answer(poll, RoutedPollAnswer.wrong(poll.request(), BAD_REQUEST, fault));
        } else {
            pause.whenOver(() -> answer(poll, RoutedPollAnswer.done(poll.request())));
        }
    }

    @Override
    public void inSession(boolean open) {
        incoming.inSession(open);
    }

    PollTraffic traffic() {
        return traffic;
    }

    boolean isReceiving() {
        return closing == null;
    }

    private void closedByClient(Poll poll) {
        nothingCame();
        end(CloseReason.TRANSPORT_CLOSED);
        answer(poll, RoutedPollAnswer.done(poll.request()));
    }

    private void refuse(Poll poll) {
        CloseReason reason = closing;
        String label = reason == null ? "not open yet" : reason.label();
        answer(poll, RoutedPollAnswer.wrong(poll.request(), GONE, "the transport was closed: " + label));
    }

    private void answer(Poll poll, RoutedPollAnswer answer) {
        poll.from().send(answer, loop.lane());
    }

    @Override
    public boolean send(WampMessage message) {
        if (closing == null) {
            Frame frame = frame(message);
            try {
                post(frame);
            } finally {
                frame.release();
            }
            traffic.sent(message);
        }
        return true;
    }

    @Override
    public Frame frame(WampMessage message) {
        return framing.frame(message);
    }

    @Override
    public boolean send(Frame frame) {
        if (closing == null) {
            post(frame);
            traffic.sent(frame);
        }
        return true;
    }

    private void post(Frame frame) {
        ByteBuf bytes = frame.bytes();
        mailbox.add(bytes, bytes.readerIndex(), bytes.readableBytes());
        if (mailbox.waiting() > listener.options().listener().limits().maxOutboundBytes()) {
            abandon(CloseReason.SLOW_CONSUMER);
        } else if (!toHand) {
            toHand = true;
            loop.later(() -> {
                hand();
                loop.traffic().backlog().bound();
            });
        }
    }

    @Override
    public void waitFor(Congestible lane) {
        pause.until(lane);
        traffic.stalled();
    }

    @Override
    public void close(CloseReason reason) {
        if (closing != null) {
            return;
        }
        closing = reason;
        deadline.clear();
        // The router is told when it has handled what it does now, as it is of sockets.
        loop.later(() -> {
            hand();
            if (mailbox.isEmpty()) {
                end(reason);
            } else {
                awaitPoll();
            }
        });
    }

    /** Closes at once, whatever waits for the client. */
    void abandon(CloseReason reason) {
        if (closing == null) {
            closing = reason;
            loop.later(() -> end(reason));
        }
    }

    /** Nothing is sent or received any more; what comes for the transport is told why. */
    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        pause.end();
        CloseReason why = closing == null ? reason : closing;
        closing = why;
        deadline.clear();
        ConnectionStatus last = status();
        mailbox.drop();
        handed.clear();
        Poll poll = waiting;
        waiting = null;
        if (poll != null) {
            refuse(poll);
        }
        loop.counters().closed(why, ConnectionKind.of(this), last.pendingBytes());
        if (router != null) {
            router.closed(why);
            router = null;
        }
        loop.counters().remember(last, why, holder);
        listener.pollsEnded();
        loop.polls().ended(this, options.idleTimeout().toMillis());
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String peer() {
        return peer.name();
    }

    @Override
    public String transport() {
        return peer.tls() ? "longpoll+tls" : "longpoll";
    }

    @Override
    public ConnectionStatus status() {
        return new ConnectionStatus(
                id,
                peer(),
                ConnectionKind.of(this),
                System.nanoTime() - began,
                traffic.messagesIn(),
                traffic.messagesOut(),
                traffic.bytesIn(),
                traffic.bytesOut(),
                mailbox.waiting(),
                mailbox.waitingNanos(),
                Pace.KEEPS_UP,
                0);
    }

    @Override
    public void heldBy(ClosedConnection.Holder last) {
        holder = last;
    }

    @Override
    public PeerCredentials credentials() {
        return PeerCredentials.of(peer.name(), peer.tls(), peer.certificates(), null, bearer, null);
    }

    @Override
    public Serializer serializer() {
        return framing.serializer();
    }

    @Override
    public Framing framing() {
        return framing.framing();
    }

    @Override
    public LocalLane lane() {
        return loop.lane();
    }
}
