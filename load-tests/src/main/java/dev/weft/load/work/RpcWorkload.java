package dev.weft.load.work;

import dev.weft.load.client.Peer;
import dev.weft.load.client.PeerListener;
import dev.weft.load.client.Stamp;
import dev.weft.load.measure.Faults;
import dev.weft.load.measure.Receipts;
import dev.weft.load.measure.Recorder;
import dev.weft.load.scenario.Load.Rpc;
import dev.weft.load.scenario.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Callers that call callees, which have a procedure each, in turn; the result is the argument. The calls of one caller to
 * one procedure are a stream.
 */
final class RpcWorkload implements Workload {
    private static final long MOST_IN_FLIGHT = 1_000_000;

    private final Rpc load;
    private final Site site;
    private final Recorder recorder;
    private final List<String> procedures = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Receipts> invocations = new ArrayList<>();
    private @Nullable PacedSender pacing;
    private long begun;
    private long ended;
    private int nextCaller;
    private boolean stopped;

    RpcWorkload(Rpc load, Site site, Recorder recorder) {
        this.load = load;
        this.site = site;
        this.recorder = recorder;
        for (int i = 0; i < load.callees(); i++) {
            procedures.add(site.prefix() + ".procedure" + i);
        }
    }

    @Override
    public String operation() {
        return "round trip";
    }

    @Override
    public CompletableFuture<?> prepare() {
        return Crowd.gather(load.callees(), this::openCallee)
                .thenCompose(all -> Crowd.gather(
                        load.callers(),
                        number -> site.connect(number, load.messages().serializers())))
                .thenAccept(peers -> peers.forEach(peer -> callers.add(new Caller(callers.size(), peer))));
    }

    private CompletableFuture<Void> openCallee(int number) {
        return site.connectOther(number, load.messages().otherSerializers()).thenCompose(peer -> {
            Receipts receipts = new Receipts();
            invocations.add(receipts);
            peer.listen(new PeerListener() {
                @Override
                public void invoked(Stamp stamp) {
                    receipts.receive(0, stamp.stream(), stamp.sequence());
                }
            });
            return peer.register(procedures.get(number));
        });
    }

    @Override
    public void start() {
        if (load.messages().pace() instanceof Pace.Open open) {
            pacing = PacedSender.on(
                    site.connector().loop(), open.perSecond(), recorder, this::callInTurn, this::flushAll);
            pacing.run();
            return;
        }
        int inFlight = ((Pace.Closed) load.messages().pace()).inFlight();
        for (Caller caller : callers) {
            for (int i = 0; i < inFlight; i++) {
                caller.call(System.nanoTime());
            }
        }
        flushAll();
    }

    private void callInTurn(long intended) {
        if (inFlight() >= MOST_IN_FLIGHT) {
            recorder.notSent();
            return;
        }
        callers.get(nextCaller).call(intended);
        nextCaller = (nextCaller + 1) % callers.size();
    }

    private void flushAll() {
        for (Caller caller : callers) {
            caller.peer.flush();
        }
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
        return begun - ended;
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    /** What was lost is told by the callers, as a call can be lost on both ways; what is out of order by the callees. */
    @Override
    public Faults faults() {
        List<Receipts> results = callers.stream().map(caller -> caller.results).toList();
        Faults ofInvocations = Faults.of(invocations, 0);
        long doubled = ofInvocations.doubled() + Faults.of(results, 0).doubled();
        return new Faults(inFlight(), doubled, ofInvocations.outOfOrder());
    }

    private final class Caller implements PeerListener {
        private final int firstStream;
        private final Peer peer;
        private final Receipts results = new Receipts();
        private final Stamp stamp = new Stamp();
        private final boolean goesOn = load.messages().pace() instanceof Pace.Closed;
        private long called;

        Caller(int number, Peer peer) {
            this.firstStream = number * procedures.size();
            this.peer = peer;
            peer.listen(this);
        }

        void call(long intended) {
            int procedure = (int) (called % procedures.size());
            stamp.set(firstStream + procedure, called / procedures.size() + 1, intended);
            List<Integer> payloads = load.messages().payloads();
            int size = payloads.get((int) (called % payloads.size()));
            called++;
            begun++;
            peer.call(procedures.get(procedure), size, stamp);
        }

        @Override
        public void answered(Stamp answer) {
            if (!results.receive(0, answer.stream(), answer.sequence())) {
                return;
            }
            recorder.ended(answer.time());
            end();
        }

        @Override
        public void refused() {
            recorder.failed();
            end();
        }

        private void end() {
            ended++;
            if (goesOn && !stopped) {
                call(System.nanoTime());
            }
        }
    }
}
