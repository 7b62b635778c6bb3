package dev.weft.load.work;

import dev.weft.load.client.Connector;
import dev.weft.load.client.Traffic;
import dev.weft.load.measure.FileLimit;
import dev.weft.load.measure.ProcessUsage;
import dev.weft.load.measure.Recorder;
import dev.weft.load.report.LoadResult;
import dev.weft.load.report.RouterUse;
import dev.weft.load.report.RunResult;
import dev.weft.load.report.Sample;
import dev.weft.load.scenario.Load;
import dev.weft.load.scenario.Scenario;
import dev.weft.load.scenario.Sessions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One scenario from its connections to its result. Everything but the loads runs on the thread that runs this. */
public final class LoadRun {
    private static final int SECONDS_TO_PREPARE = 180;

    /** The least of which a router lets in, or it takes too long. */
    private static final int SESSIONS_A_SECOND = 100;

    private static final int SECONDS_TO_DRAIN = 5;

    /** Files that this program and the router open besides sockets. */
    private static final int OTHER_FILES = 300;

    private final Scenario scenario;
    private final List<Long> pids;
    private final Consumer<Sample> progress;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param pids of the router's processes, if they are on this machine
     * @param progress told about every second
     */
    public LoadRun(Scenario scenario, List<Long> pids, Consumer<Sample> progress) {
        this.pids = pids;
        this.progress = progress;
        this.scenario = fitting(scenario);
    }

    private Scenario fitting(Scenario wanted) {
        int most = FileLimit.of(pids) - OTHER_FILES;
        Scenario fitting = Sessions.cutTo(wanted, most);
        if (Sessions.of(fitting) < Sessions.of(wanted)) {
            notes.add(String.format(
                    Locale.ROOT,
                    "SIZE CUT from %,d to %,d sessions: a process may open only %,d files here (ulimit -n)",
                    Sessions.of(wanted),
                    Sessions.of(fitting),
                    most + OTHER_FILES));
        }
        return fitting;
    }

    /** Blocks until it is over. */
    public RunResult run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long bytesBefore = ProcessUsage.of(pids).residentBytes();
        try (Connector connector = new Connector(scenario.realm())) {
            List<Workload> workloads = fromLoop(connector, () -> workloads(connector));
            for (Workload workload : workloads) {
                await(connector, fromLoop(connector, workload::prepare), Sessions.of(scenario));
            }
            fromLoop(connector, () -> {
                workloads.forEach(Workload::start);
                return true;
            });
            Sampler sampler = new Sampler(connector, workloads, pids);
            observe(connector, sampler, scenario.warmup(), scenario.warmup().toNanos());
            Usage start = Usage.now(
                    connector,
                    pids,
                    () -> workloads.forEach(workload -> workload.recorder().reset()));
            List<Sample> samples = observe(connector, sampler, scenario.duration(), 0);
            List<LoadResult> counted = new ArrayList<>();
            Usage end = Usage.now(connector, pids, () -> counted.addAll(counted(workloads)));
            drain(connector, workloads);
            List<LoadResult> loads = fromLoop(connector, () -> withFaults(counted, workloads));
            return result(start, end, bytesBefore, loads, samples);
        }
    }

    private List<Workload> workloads(Connector connector) {
        String run = Long.toString(new SecureRandom().nextLong(1 << 30), Character.MAX_RADIX);
        List<Workload> workloads = new ArrayList<>();
        for (Load load : scenario.loads()) {
            String prefix = "dev.weft.load.run" + run + ".load" + workloads.size();
            Site site = new Site(connector, scenario.endpoints(), scenario.otherEndpoints(), prefix);
            workloads.add(workload(load, site));
        }
        return workloads;
    }

    private static Workload workload(Load load, Site site) {
        Recorder recorder = new Recorder();
        if (load instanceof Load.Rpc rpc) {
            return new RpcWorkload(rpc, site, recorder);
        }
        if (load instanceof Load.PubSub pubSub) {
            return new PubSubWorkload(pubSub, site, recorder);
        }
        return load instanceof Load.Join join
                ? new JoinWorkload(join, site, recorder)
                : new IdleWorkload((Load.Idle) load, site, recorder);
    }

    /** Where there are several, the reader has to know which is which. */
    private static String name(List<Workload> workloads, int number) {
        String operation = workloads.get(number).operation();
        return workloads.size() == 1 ? operation : number + 1 + " " + operation;
    }

    private static List<LoadResult> counted(List<Workload> workloads) {
        return IntStream.range(0, workloads.size())
                .mapToObj(i -> counted(name(workloads, i), workloads.get(i)))
                .toList();
    }

    private static LoadResult counted(String name, Workload workload) {
        Recorder recorder = workload.recorder();
        return new LoadResult(
                name,
                recorder.latencies(),
                recorder.lateness(),
                recorder.countOfFailed(),
                recorder.countOfNotSent(),
                workload.faults());
    }

    private static List<LoadResult> withFaults(List<LoadResult> counted, List<Workload> workloads) {
        List<LoadResult> results = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            LoadResult load = counted.get(i);
            results.add(new LoadResult(
                    load.operation(),
                    load.latencies(),
                    load.lateness(),
                    load.failed(),
                    load.notSent(),
                    workloads.get(i).faults()));
        }
        return results;
    }

    /** Lets time pass, and looks every second. */
    private List<Sample> observe(Connector connector, Sampler sampler, Duration duration, long warmupNanos)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<Sample> samples = new ArrayList<>();
        long begin = System.nanoTime();
        long second = TimeUnit.SECONDS.toNanos(1);
        sampler.begin(begin);
        for (long next = second; next - second < duration.toNanos(); next += second) {
            long until = begin + Math.min(next, duration.toNanos());
            pass(connector, until - System.nanoTime());
            double elapsed = (until - begin - warmupNanos) / 1e9;
            Sample sample = sampler.take(elapsed);
            samples.add(sample);
            progress.accept(sample);
        }
        return samples;
    }

    private RunResult result(Usage start, Usage end, long bytesBefore, List<LoadResult> loads, List<Sample> samples) {
        Optional<RouterUse> router = pids.isEmpty()
                ? Optional.empty()
                : Optional.of(new RouterUse(
                        end.router().cpuMicros() - start.router().cpuMicros(),
                        bytesBefore,
                        start.router().residentBytes(),
                        end.router().residentBytes()));
        long nanos = end.nanoTime() - start.nanoTime();
        return new RunResult(
                scenario,
                notes,
                nanos,
                Sessions.of(scenario),
                loads,
                samples,
                router,
                end.tool().cpuMicros() - start.tool().cpuMicros(),
                (double) (end.loopNanos() - start.loopNanos()) / nanos,
                end.octetsSent() - start.octetsSent(),
                end.octetsReceived() - start.octetsReceived());
    }

    /** What this program and the router have used until now. */
    private record Usage(
            long nanoTime,
            ProcessUsage router,
            ProcessUsage tool,
            long loopNanos,
            long octetsSent,
            long octetsReceived) {
        /** @param onLoop what is to happen on the event loop at the same moment */
        static Usage now(Connector connector, List<Long> pids, Runnable onLoop)
                throws IOException, InterruptedException, ExecutionException, TimeoutException {
            ProcessUsage router = ProcessUsage.of(pids);
            ProcessUsage tool = ProcessUsage.of(List.of(ProcessHandle.current().pid()));
            return fromLoop(connector, () -> {
                onLoop.run();
                Traffic traffic = connector.traffic();
                return new Usage(
                        System.nanoTime(), router, tool, Sampler.loopNanos(), traffic.sent(), traffic.received());
            });
        }
    }

    private void drain(Connector connector, List<Workload> workloads)
            throws InterruptedException, ExecutionException, TimeoutException {
        fromLoop(connector, () -> {
            workloads.forEach(Workload::stop);
            return true;
        });
        long returning = scenario.loads().stream()
                .mapToLong(load -> load instanceof Load.Join join ? join.sessions() : 0)
                .sum();
        long seconds = Math.max(SECONDS_TO_DRAIN, returning / SESSIONS_A_SECOND);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (fromLoop(
                                connector,
                                () -> workloads.stream()
                                        .mapToLong(Workload::inFlight)
                                        .sum())
                        > 0
                && System.nanoTime() < end) {
            pass(connector, TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    static <T> T fromLoop(Connector connector, Supplier<T> question)
            throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(question, connector.loop()).get(60, TimeUnit.SECONDS);
    }

    private static void await(Connector connector, CompletableFuture<?> prepared, long sessions)
            throws InterruptedException, ExecutionException, TimeoutException {
        long seconds = Math.max(SECONDS_TO_PREPARE, sessions / SESSIONS_A_SECOND);
        try {
            CompletableFuture.anyOf(prepared, connector.failure()).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new TimeoutException(String.format(
                    Locale.ROOT, "the router did not let in %,d sessions within %d s", sessions, seconds));
        }
    }

    /** Lets time pass, unless a session breaks. */
    private static void pass(Connector connector, long nanos) throws ExecutionException, InterruptedException {
        try {
            connector.failure().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException allWell) {
            return;
        }
    }
}
