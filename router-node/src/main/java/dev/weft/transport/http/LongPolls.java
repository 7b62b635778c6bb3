package dev.weft.transport.http;

import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.CallId;
import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedPoll;
import dev.weft.link.RoutedPoll.Action;
import dev.weft.link.RoutedPollAnswer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The long-poll transports of one event loop, and what its HTTP clients ask of transports, wherever these are. Belongs to
 * its event loop.
 */
final class LongPolls implements LaneReceiver {
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final byte[] EMPTY = {};

    private static final class Asked {
        private final TransportId transport;
        private final Lane to;
        private final Consumer<RoutedPollAnswer> answer;
        private boolean abandoned;

        private Asked(TransportId transport, Lane to, Consumer<RoutedPollAnswer> answer) {
            this.transport = transport;
            this.to = to;
            this.answer = answer;
        }
    }

    private final HttpLoop loop;
    private final long epoch;
    private final List<LocalLane> own;
    private final PollOwners owners;
    private final SecureRandom random = new SecureRandom();
    private final Map<TransportId, LongPollConnection> transports = new HashMap<>();
    private final Map<LongPollConnection, TransportId> names = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();
    private long sequence;

    /**
     * @param node this one
     * @param own the lanes to the event loops of this node, by their index
     */
    LongPolls(HttpLoop loop, PollNode node, List<LocalLane> own) {
        this.loop = loop;
        this.epoch = node.epoch();
        this.own = own;
        this.owners = node.owners();
    }

    /** Gives a new transport its name. */
    TransportId open(LongPollConnection connection) {
        TransportId name = TransportId.random(epoch, loop.lane().index(), random);
        transports.put(name, connection);
        names.put(connection, name);
        connection.open(loop.acceptor());
        return name;
    }

    /** A transport has ended: who asks for it in the next {@code millis} milliseconds is told why. */
    void ended(LongPollConnection connection, long millis) {
        TransportId name = names.remove(connection);
        if (name != null) {
            loop.lane().schedule(millis, () -> transports.remove(name));
        }
    }

    /** Names a request of this event loop. */
    long nextRequest() {
        return CallId.of(++sequence, loop.lane().index());
    }

    /**
     * Asks the owner of a transport.
     *
     * @param request from {@link #nextRequest}
     * @param answer is given the one answer, on this event loop; perhaps before this returns
     */
    void ask(long request, TransportId transport, Action action, byte[] body, Consumer<RoutedPollAnswer> answer) {
        Lane to = laneTo(transport);
        if (to == null) {
            answer.accept(RoutedPollAnswer.wrong(request, NOT_FOUND, unknown()));
            return;
        }
        asked.put(request, new Asked(transport, to, answer));
        to.send(poll(transport, request, action, body), loop.lane());
        if (laneTo(transport) != to) {
            // Down meanwhile: whether this event loop was told before it asked, nobody knows.
            lost(request);
        }
    }

    /** Whether the way to the owner has more to do than it should. */
    boolean isCongested(TransportId transport) {
        Lane to = laneTo(transport);
        return to != null && to.isCongested();
    }

    /** The client that has sent the request is gone. */
    void abandon(long request) {
        Asked before = asked.get(request);
        if (before != null && !before.abandoned) {
            before.abandoned = true;
            before.to.send(poll(before.transport, request, Action.ABANDONED, EMPTY), loop.lane());
        }
    }

    /** What became of the messages with which a request was answered. */
    void written(TransportId transport, long request, boolean delivered) {
        Lane to = laneTo(transport);
        if (to != null) {
            to.send(poll(transport, request, delivered ? Action.DELIVERED : Action.LOST, EMPTY), loop.lane());
        }
    }

    private @Nullable Lane laneTo(TransportId transport) {
        if (transport.epoch() != epoch) {
            return owners.laneTo(transport.epoch());
        }
        return transport.loop() < own.size() ? own.get(transport.loop()) : null;
    }

    private static RoutedPoll poll(TransportId transport, long request, Action action, byte[] body) {
        return new RoutedPoll(transport.loop(), transport.secretHigh(), transport.secretLow(), request, action, body);
    }

    private static String unknown() {
        return "there is no such transport: it was closed a while ago, or its node is gone; open another";
    }

    @Override
    public void receive(RoutedMessage message, Lane from) {
        if (message instanceof RoutedPoll poll) {
            polled(poll, from);
        } else if (message instanceof RoutedPollAnswer answer) {
            answered(answer);
        }
    }

    private void polled(RoutedPoll poll, Lane from) {
        TransportId name = new TransportId(epoch, poll.loop(), poll.secretHigh(), poll.secretLow());
        LongPollConnection connection = transports.get(name);
        if (connection != null) {
            connection.handle(poll, from);
        } else if (poll.action().compareTo(Action.CLOSE) <= 0) {
            from.send(RoutedPollAnswer.wrong(poll.request(), NOT_FOUND, unknown()), loop.lane());
        }
    }

    private void answered(RoutedPollAnswer answer) {
        Asked before = asked.remove(answer.request());
        if (before == null) {
            return;
        }
        if (!before.abandoned) {
            before.answer.accept(answer);
        } else if (answer.serializer() != null) {
            written(before.transport, answer.request(), false);
        }
    }

    private void lost(long request) {
        Asked before = asked.remove(request);
        if (before != null && !before.abandoned) {
            before.answer.accept(RoutedPollAnswer.wrong(
                    request, GONE, "the transport is out of reach, its node may be gone: open another"));
        }
    }

    @Override
    public void laneDown(Lane lane) {
        List.copyOf(transports.values()).forEach(connection -> connection.laneDown(lane));
        List.copyOf(asked.keySet()).forEach(request -> {
            Asked before = asked.get(request);
            if (before != null && before.to == lane) {
                lost(request);
            }
        });
    }
}
