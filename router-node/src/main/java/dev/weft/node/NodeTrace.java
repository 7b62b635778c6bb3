package dev.weft.node;

import dev.weft.admin.TraceRequest;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.TraceFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one trace of messages that a node may have at a time: begun, ended by time or by hand, and read. Thread-safe. */
final class NodeTrace {
    private final Vertx vertx;
    private final EventLoops loops;
    private final ClientDoors listeners;
    private final InstantSource clock;
    private @Nullable TraceRequest request;
    private List<LoopTrace> traces = List.of();
    private long timer;
    private boolean runs;

    /** @param clock for people */
    NodeTrace(Vertx vertx, EventLoops loops, ClientDoors listeners, InstantSource clock) {
        this.vertx = vertx;
        this.loops = loops;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * What was recorded before is forgotten. Done when every event loop records; fails with an {@link IllegalArgumentException} if
     * there is no such session.
     */
    Future<Void> begin(TraceRequest wanted) {
        Long session = wanted.session();
        if (session == null) {
            return begin(wanted, null);
        }
        return loops.survey().compose(clients -> {
            long connection = clients.stream()
                    .filter(client -> client.session() != null
                            && client.session().identity().session() == session)
                    .mapToLong(client -> client.connection().id())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("this node has no session " + session));
            return begin(wanted, connection);
        });
    }

    private synchronized Future<Void> begin(TraceRequest wanted, @Nullable Long connection) {
        end();
        // First: a trace that is not certain to end must not begin.
        timer = vertx.setTimer(wanted.time().toMillis(), ended -> end());
        TraceFilter filter = new TraceFilter(connection, wanted.uri());
        List<LoopTrace> fresh = new ArrayList<>();
        List<Future<?>> begun = new ArrayList<>();
        int each = Math.max(1, wanted.most() / loops.lanes().size());
        for (int i = 0; i < loops.lanes().size(); i++) {
            int index = i;
            int most = connection == null ? each : wanted.most();
            LoopTrace trace = new LoopTrace(filter, listeners.traceText(index, wanted.payloads()), most, clock);
            fresh.add(trace);
            Promise<Void> records = Promise.promise();
            begun.add(records.future());
            loops.lanes().get(i).run(() -> {
                listeners.trace(index, trace);
                records.complete();
            });
        }
        traces = fresh;
        request = wanted;
        runs = true;
        return Future.all(begun).mapEmpty();
    }

    /** Nothing more is recorded; what was can still be read. */
    synchronized void end() {
        if (!runs) {
            return;
        }
        runs = false;
        vertx.cancelTimer(timer);
        for (int i = 0; i < loops.lanes().size(); i++) {
            int index = i;
            loops.lanes().get(i).run(() -> listeners.trace(index, null));
        }
    }

    /** What was recorded, in the order of time. */
    synchronized Future<Map<String, Object>> read() {
        TraceRequest wanted = request;
        boolean stillRuns = runs;
        List<Future<List<LoopTrace.Entry>>> parts = new ArrayList<>();
        List<LoopTrace> all = traces;
        for (int i = 0; i < all.size(); i++) {
            LoopTrace trace = all.get(i);
            Promise<List<LoopTrace.Entry>> part = Promise.promise();
            loops.lanes().get(i).run(() -> part.complete(trace.entries()));
            parts.add(part.future());
        }
        return Future.all(parts).map(done -> {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("running", stillRuns);
            report.put("of", wanted == null ? "nothing" : wanted.says());
            report.put("left_out", all.stream().mapToLong(LoopTrace::leftOut).sum());
            report.put(
                    "messages",
                    parts.stream()
                            .flatMap(part -> Objects.requireNonNull(part.result()).stream())
                            .sorted(Comparator.comparing(LoopTrace.Entry::at))
                            .toList());
            return report;
        });
    }
}
