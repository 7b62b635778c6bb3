package dev.weft.session;

import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.ConnectionListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way in for the connections of one event loop, and all that came in by it. Belongs to its event loop. */
public final class LoopSessions implements ConnectionAcceptor {
    private static final int SURVEYED_AT_ONCE = 256;

    private final Realms realms;
    private final SessionHandshake handshake;
    private final SessionDirectory directory;
    private final SessionLimits limits;
    private final Set<SessionProtocol> open = new LinkedHashSet<>();
    private final HandshakeCounters counters = new HandshakeCounters();
    private @Nullable Runnable lastGone;
    private boolean stopping;

    public LoopSessions(Realms realms, SessionHandshake handshake, SessionDirectory directory, SessionLimits limits) {
        this.realms = realms;
        this.handshake = handshake;
        this.directory = directory;
        this.limits = limits;
    }

    @Override
    public ConnectionListener accept(Connection connection) {
        SessionProtocol protocol =
                new SessionProtocol(connection, realms, handshake, directory, limits, this::gone, counters);
        open.add(protocol);
        if (stopping) {
            protocol.close(CloseReason.NODE_SHUTDOWN);
        }
        return protocol;
    }

    /** How connections got their sessions. Any thread. */
    public HandshakeCounters counters() {
        return counters;
    }

    /** Connections that are open, with a session or without. */
    public int count() {
        return open.size();
    }

    /**
     * Tells of every client, a few at a time, so that the event loop gets on with its work meanwhile.
     *
     * @param lane to the event loop
     * @param each told on the event loop; not of clients that came after the beginning
     * @param done run on the event loop at the end
     */
    public void survey(LocalLane lane, Consumer<ClientStatus> each, Runnable done) {
        survey(lane, List.copyOf(open), 0, each, done);
    }

    private void survey(
            LocalLane lane, List<SessionProtocol> clients, int from, Consumer<ClientStatus> each, Runnable done) {
        int to = Math.min(clients.size(), from + SURVEYED_AT_ONCE);
        for (SessionProtocol client : clients.subList(from, to)) {
            if (!client.isEnded()) {
                each.accept(client.status());
            }
        }
        if (to == clients.size()) {
            done.run();
        } else {
            lane.schedule(0, () -> survey(lane, clients, to, each, done));
        }
    }

    /**
     * The node stops: closes all connections as planned, those that are opened from now on at once.
     *
     * @param lane to the event loop
     * @param done run on the event loop when all connections are closed
     */
    public void drain(DrainPlan plan, LocalLane lane, Runnable done) {
        drain(plan, lane, new Random(), System::nanoTime, done);
    }

    void drain(DrainPlan plan, LocalLane lane, Random random, LongSupplier nanoClock, Runnable done) {
        stopping = true;
        lastGone = done;
        new LoopDrain(open, plan, lane, random, nanoClock).run();
        tellIfEmpty();
    }

    private void gone(SessionProtocol protocol) {
        open.remove(protocol);
        tellIfEmpty();
    }

    private void tellIfEmpty() {
        Runnable done = lastGone;
        if (done != null && open.isEmpty()) {
            lastGone = null;
            done.run();
        }
    }
}
