package dev.weft.load.work;

import dev.weft.load.client.Peer;
import dev.weft.load.measure.Faults;
import dev.weft.load.measure.Recorder;
import dev.weft.load.scenario.Load.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are cut off and come back, all at once as when a network fails, or at a fixed rate. What is measured is the
 * time from the cut, or from when the session was to come back, to its welcome.
 */
final class JoinWorkload implements Workload {
    private static final int MILLIS_TO_RETRY = 100;

    private final Join load;
    private final Site site;
    private final Recorder recorder;
    private final List<@Nullable Peer> peers = new ArrayList<>();
    private @Nullable PacedSender pacing;
    private int joining;
    private int next;
    private boolean stopped;

    JoinWorkload(Join load, Site site, Recorder recorder) {
        this.load = load;
        this.site = site;
        this.recorder = recorder;
    }

    @Override
    public String operation() {
        return "session joined";
    }

    @Override
    public CompletableFuture<?> prepare() {
        return Crowd.gather(load.sessions(), this::connect).thenAccept(peers::addAll);
    }

    private CompletableFuture<Peer> connect(int number) {
        return site.connect(number, load.serializers());
    }

    @Override
    public void start() {
        if (load.perSecond() == 0) {
            cutAll();
            return;
        }
        pacing = PacedSender.on(site.connector().loop(), load.perSecond(), recorder, this::cutNext, () -> {});
        pacing.run();
    }

    private void cutAll() {
        long now = System.nanoTime();
        for (int number = 0; number < peers.size(); number++) {
            cut(number, now);
        }
    }

    private void cutNext(long intended) {
        cut(next, intended);
        next = (next + 1) % peers.size();
    }

    private void cut(int number, long since) {
        Peer peer = peers.get(number);
        if (peer == null) {
            recorder.notSent();
            return;
        }
        peer.abandon();
        peers.set(number, null);
        joining++;
        join(number, since);
    }

    private void join(int number, long since) {
        connect(number).whenComplete((peer, failure) -> {
            if (failure != null) {
                recorder.failed();
                site.connector().loop().schedule(() -> join(number, since), MILLIS_TO_RETRY, TimeUnit.MILLISECONDS);
                return;
            }
            peers.set(number, peer);
            recorder.ended(since);
            joining--;
            if (joining == 0 && pacing == null && !stopped) {
                // Not from here: this is the middle of a read of a session that is to be cut.
                site.connector().loop().execute(this::cutAll);
            }
        });
    }

    @Override
    public void stop() {
        stopped = true;
        if (pacing != null) {
            pacing.stop();
        }
    }

    @Override
    public long inFlight() {
        return joining;
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public Faults faults() {
        return new Faults(joining, 0, 0);
    }
}
