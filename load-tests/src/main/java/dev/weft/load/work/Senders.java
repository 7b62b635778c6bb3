package dev.weft.load.work;

import dev.weft.load.client.Peer;
import dev.weft.load.measure.Recorder;
import dev.weft.load.scenario.Messages;
import dev.weft.load.scenario.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that begin operations: at fixed times, each in turn, or in a closed loop, each by itself. Event loop only.
 *
 * @param <S> what each of them does
 */
final class Senders<S extends Senders.Sender> {
    private final Messages messages;
    private final Site site;
    private final Recorder recorder;
    private final List<S> all = new ArrayList<>();
    private @Nullable PacedSender pacing;
    private int next;
    private boolean stopped;

    /** One session. */
    interface Sender {
        /** @param intended the time at which it is to be sent */
        void send(long intended);

        /** Sends as many as may be in flight, in a closed loop. */
        void fillWindow();

        Peer peer();
    }

    Senders(Messages messages, Site site, Recorder recorder) {
        this.messages = messages;
        this.site = site;
        this.recorder = recorder;
    }

    /** @param sender is given the number of each, from 0, and its session */
    CompletableFuture<Void> open(int count, BiFunction<Integer, Peer, S> sender) {
        return Crowd.gather(count, number -> site.connect(number, messages.serializers()))
                .thenAccept(peers -> peers.forEach(peer -> all.add(sender.apply(all.size(), peer))));
    }

    /** @param roomForMore whether one more may be in flight; asked before what is sent at a fixed time */
    void start(BooleanSupplier roomForMore) {
        if (messages.pace() instanceof Pace.Open open) {
            pacing = PacedSender.on(
                    site.connector().loop(),
                    open.perSecond(),
                    recorder,
                    intended -> sendInTurn(intended, roomForMore),
                    this::flushAll);
            pacing.run();
            return;
        }
        all.forEach(Sender::fillWindow);
        flushAll();
    }

    private void sendInTurn(long intended, BooleanSupplier roomForMore) {
        if (!roomForMore.getAsBoolean()) {
            recorder.notSent();
            return;
        }
        all.get(next).send(intended);
        next = (next + 1) % all.size();
    }

    private void flushAll() {
        for (S sender : all) {
            sender.peer().flush();
        }
    }

    void stop() {
        stopped = true;
        if (pacing != null) {
            pacing.stop();
        }
    }

    /** Whether what has ended makes room for the next: in a closed loop, until it is stopped. */
    boolean goOn() {
        return pacing == null && !stopped;
    }

    S get(int number) {
        return all.get(number);
    }

    List<S> all() {
        return all;
    }
}
