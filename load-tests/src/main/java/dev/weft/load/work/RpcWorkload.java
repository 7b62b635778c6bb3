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
    private final Senders<Caller> callers;
    private final List<Receipts> invocations = new ArrayList<>();
    private long begun;
    private long ended;

    RpcWorkload(Rpc load, Site site, Recorder recorder) {
        this.load = load;
        this.site = site;
        this.recorder = recorder;
        this.callers = new Senders<>(load.messages(), site, recorder);
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
                .thenCompose(all -> callers.open(load.callers(), Caller::new));
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
        callers.start(() -> inFlight() < MOST_IN_FLIGHT);
    }

    @Override
    public void stop() {
        callers.stop();
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
        List<Receipts> results =
                callers.all().stream().map(caller -> caller.results).toList();
        Faults ofInvocations = Faults.of(invocations, 0);
        long doubled = ofInvocations.doubled() + Faults.of(results, 0).doubled();
        return new Faults(inFlight(), doubled, ofInvocations.outOfOrder());
    }

    private final class Caller implements Senders.Sender, PeerListener {
        private final int firstStream;
        private final Peer peer;
        private final Receipts results = new Receipts();
        private final Stamp stamp = new Stamp();
        private long called;

        Caller(int number, Peer peer) {
            this.firstStream = number * procedures.size();
            this.peer = peer;
            peer.listen(this);
        }

        @Override
        public void send(long intended) {
            int procedure = (int) (called % procedures.size());
            stamp.set(firstStream + procedure, called / procedures.size() + 1, intended);
            int size = load.messages().payload(called);
            called++;
            begun++;
            peer.call(procedures.get(procedure), size, stamp);
        }

        @Override
        public void fillWindow() {
            for (int i = 0; i < ((Pace.Closed) load.messages().pace()).inFlight(); i++) {
                send(System.nanoTime());
            }
        }

        @Override
        public Peer peer() {
            return peer;
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
            if (callers.goOn()) {
                send(System.nanoTime());
            }
        }
    }
}
