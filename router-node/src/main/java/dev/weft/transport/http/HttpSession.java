package dev.weft.transport.http;

import dev.weft.lane.Congestible;
import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ClosedConnection;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.ConnectionKind;
import dev.weft.transport.ConnectionListener;
import dev.weft.transport.ConnectionStatus;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.Pace;
import dev.weft.transport.PeerCredentials;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session of WAMP on behalf of an HTTP client. To the router it is a connection like any other: it says HELLO, is
 * authenticated, and what it asks for is authorized. One request is made of it at a time. Belongs to its event loop.
 */
final class HttpSession implements Connection {

    /** What becomes of a request: one of the two is called once, on the event loop. */
    interface Answer {
        void succeeded(WampMessage message);

        void failed(Failure failure);
    }

    private final long id;
    private final HttpPeer peer;
    private final HttpLoop loop;
    private final AnswerPause pause;
    private final String realm;
    private final Credentials credentials;
    /** The digest of {@link #credentials}. */
    private final byte[] shown;

    private final @Nullable EventStream stream;
    private @Nullable ConnectionListener router;
    private @Nullable Answer pending;
    private final long began = System.nanoTime();
    private ClosedConnection.@Nullable Holder holder;
    private long messagesIn;
    private long messagesOut;
    private long lastRequest;
    private boolean open;
    private boolean ended;

    /** @param stream where events go; null for a session that subscribes to nothing */
    HttpSession(
            long id,
            HttpPeer peer,
            HttpLoop loop,
            String realm,
            Credentials credentials,
            @Nullable EventStream stream) {
        this.id = id;
        this.peer = peer;
        this.loop = loop;
        this.pause = new AnswerPause(loop.lane());
        this.realm = realm;
        this.credentials = credentials;
        this.shown = credentials.digest();
        this.stream = stream;
    }

    /** Whether it may go on with a request of this kind. */
    boolean isFor(String otherRealm, Credentials others, HttpPeer otherPeer) {
        return open
                && !ended
                && realm.equals(otherRealm)
                && peer.equals(otherPeer)
                && MessageDigest.isEqual(shown, others.digest());
    }

    /** Opens the session; the answer's message is the WELCOME. */
    void join(ConnectionAcceptor acceptor, Answer answer) {
        WampMessage hello = message(List.of(MessageType.HELLO.code(), realm, credentials.hello()), answer);
        if (hello == null) {
            ended = true;
            return;
        }
        pending = answer;
        router = acceptor.accept(this);
        loop.counters().accepted();
        loop.counters().opened(ConnectionKind.of(this));
        hand(hello);
    }

    /**
     * Sends a request.
     *
     * @param type the code of the message
     * @param rest the elements after its request id
     * @param answered whether the router answers; else the answer's message is the request
     */
    void request(int type, List<?> rest, boolean answered, Answer answer) {
        List<Object> elements = new ArrayList<>();
        elements.add(type);
        elements.add(lastRequest + 1);
        elements.addAll(rest);
        WampMessage message = message(elements, answer);
        if (message == null) {
            return;
        }
        if (!open || ended) {
            answer.failed(Failure.of(WampError.UNAVAILABLE, "the session has ended"));
            return;
        }
        lastRequest++;
        pending = answered ? answer : null;
        hand(message);
        if (!answered) {
            answer.succeeded(message);
        }
    }

    /** The message of these elements; null, and the answer told so, if they are none. */
    private @Nullable WampMessage message(List<?> elements, Answer answer) {
        try {
            return loop.json().message(elements);
        } catch (ProtocolViolation violation) {
            answer.failed(Failure.badRequest(violation.fault()));
            return null;
        }
    }

    private void hand(WampMessage message) {
        if (router != null && !ended) {
            messagesIn++;
            LoopTrace trace = loop.trace();
            if (trace != null) {
                trace.received(this, message);
            }
            router.message(message);
        }
    }

    /** The client is gone, or was closed for a reason of ours. */
    void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            pause.end();
            loop.counters().closed(reason, ConnectionKind.of(this), 0);
            if (router != null) {
                router.closed(reason);
            }
            loop.counters().remember(status(), reason, holder);
        }
        fail(Failure.of(WampError.UNAVAILABLE, reason.label()));
    }

    @Override
    public boolean send(WampMessage message) {
        messagesOut++;
        LoopTrace trace = loop.trace();
        if (trace != null) {
            trace.sent(this, message);
        }
        switch (message.type()) {
            case WELCOME -> {
                open = true;
                // The router has yet to make it known.
                loop.later(() -> succeed(message));
            }
            case CHALLENGE -> challenged((Challenge) message);
            case ABORT -> aborted((Abort) message);
            case GOODBYE -> dismissed((Goodbye) message);
            case RESULT -> {
                if (!((Result) message).details().progress()) {
                    succeed(message);
                }
            }
            case ERROR -> failed((ErrorMessage) message);
            case PUBLISHED, SUBSCRIBED -> succeed(message);
            case EVENT -> event(message);
            default -> {
                // Nothing else is sent to who has neither registered anything nor asked for it.
            }
        }
        return true;
    }

    private void challenged(Challenge challenge) {
        String ticket = credentials.ticket();
        if (!challenge.authmethod().equals("ticket") || ticket == null) {
            fail(Failure.of(WampError.NO_MATCHING_AUTH_METHOD, "only tickets can be sent by HTTP"));
            loop.later(() -> end(CloseReason.AUTHENTICATION_REFUSED));
            return;
        }
        loop.later(() -> hand(new Authenticate(ticket, Map.of())));
    }

    private void dismissed(Goodbye goodbye) {
        open = false;
        fail(Failure.of(WampError.UNAVAILABLE, goodbye.reason()));
        loop.later(() -> hand(new Goodbye(Map.of(), WampError.CLOSE_GOODBYE_AND_OUT.uri())));
    }

    private void aborted(Abort abort) {
        open = false;
        Object words = abort.details().get("message");
        fail(Failure.of(abort.reason(), List.of(words == null ? abort.reason() : words), Map.of()));
    }

    private void failed(ErrorMessage error) {
        List<Object> args = loop.serializer().args(error.payload());
        String words = error.details().message();
        fail(Failure.of(
                error.error(),
                args.isEmpty() && words != null ? List.of(words) : args,
                loop.serializer().kwargs(error.payload())));
    }

    private void event(WampMessage event) {
        if (stream != null && !ended) {
            stream.write(stream.bytes(event));
        }
    }

    private void succeed(WampMessage message) {
        Answer answer = pending;
        if (answer != null) {
            pending = null;
            // What it carries is valid now; that the client may have to wait shows in when it is told.
            answer.succeeded(message);
        }
    }

    private void fail(Failure failure) {
        Answer answer = pending;
        if (answer != null) {
            pending = null;
            answer.failed(failure);
        }
    }

    /** Runs {@code task} when what the session has sent last is not held up any more. */
    void whenTaken(Runnable task) {
        pause.whenOver(task);
    }

    @Override
    public void waitFor(Congestible awaited) {
        pause.until(awaited);
    }

    /** An event that goes to other streams, too. */
    @Override
    public Frame frame(WampMessage message) {
        byte[] bytes = stream == null ? new byte[0] : stream.bytes(message);
        Frame frame = new Frame(Unpooled.wrappedBuffer(bytes), 0, 0);
        loop.framed(frame, message);
        return frame;
    }

    @Override
    public boolean send(Frame frame) {
        if (stream != null && !ended) {
            messagesOut++;
            loop.sent(this, frame);
            ByteBuf bytes = frame.bytes();
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.getBytes(bytes.readerIndex(), copy);
            stream.write(copy);
        }
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        // The router is told when it has handled what it does now, as it is of sockets.
        loop.later(() -> {
            end(reason);
            if (stream != null) {
                stream.end();
            }
        });
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
        return peer.tls() ? "http+tls" : "http";
    }

    /** Of bytes those of its stream: what else HTTP needs belongs to no session. */
    @Override
    public ConnectionStatus status() {
        return new ConnectionStatus(
                id,
                peer(),
                ConnectionKind.of(this),
                System.nanoTime() - began,
                messagesIn,
                messagesOut,
                0,
                stream == null ? 0 : stream.written(),
                stream == null ? 0 : stream.waiting(),
                stream == null ? 0 : stream.stalledFor(),
                Pace.KEEPS_UP,
                0);
    }

    @Override
    public void heldBy(ClosedConnection.Holder last) {
        holder = last;
    }

    @Override
    public PeerCredentials credentials() {
        return PeerCredentials.of(peer.name(), peer.tls(), peer.certificates(), null, credentials.token(), null);
    }

    @Override
    public Serializer serializer() {
        return loop.serializer();
    }

    @Override
    public Framing framing() {
        return Framing.EVENT_STREAM;
    }

    @Override
    public LocalLane lane() {
        return loop.lane();
    }
}
