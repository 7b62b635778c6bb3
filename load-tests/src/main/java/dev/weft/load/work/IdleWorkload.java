package dev.weft.load.work;

import dev.weft.load.client.Peer;
import dev.weft.load.measure.Faults;
import dev.weft.load.measure.Recorder;
import dev.weft.load.scenario.Load.Idle;
import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Sessions that do nothing: what they take is memory. */
final class IdleWorkload implements Workload {
    private final Idle load;
    private final Site site;
    private final Recorder recorder;

    IdleWorkload(Idle load, Site site, Recorder recorder) {
        this.load = load;
        this.site = site;
        this.recorder = recorder;
    }

    @Override
    public String operation() {
        return "idle";
    }

    @Override
    public CompletableFuture<?> prepare() {
        return Crowd.gather(load.sessions(), this::open);
    }

    private CompletableFuture<Void> open(int session) {
        return site.connect(session, load.serializers()).thenCompose(peer -> subscribe(peer, session));
    }

    private CompletableFuture<Void> subscribe(Peer peer, int session) {
        return CompletableFuture.allOf(IntStream.range(0, load.subscriptions())
                .mapToObj(number -> peer.subscribe(site.prefix() + ".idle" + session + "." + number, MatchPolicy.EXACT))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void start() {
        // They do nothing.
    }

    @Override
    public void stop() {
        // They do nothing.
    }

    @Override
    public long inFlight() {
        return 0;
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public Faults faults() {
        return Faults.NONE;
    }
}
