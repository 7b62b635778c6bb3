package dev.weft.node;

import dev.weft.admin.NodeControl;
import dev.weft.admin.TraceRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node does when it is told over its admin port. */
final class AdminControl implements NodeControl {
    private final RunningConfig config;
    private final Supplier<@Nullable NodeTrace> trace;

    /** @param trace null until the node has listeners */
    AdminControl(RunningConfig config, Supplier<@Nullable NodeTrace> trace) {
        this.config = config;
        this.trace = trace;
    }

    @Override
    public Reloaded reload() {
        ReloadReport report = config.reload();
        return new Reloaded(report.accepted(), report);
    }

    @Override
    public Future<Void> trace(TraceRequest request) {
        NodeTrace present = trace.get();
        return present == null
                ? Future.failedFuture(new IllegalArgumentException("the node has no clients yet"))
                : present.begin(request);
    }

    @Override
    public void endTrace() {
        NodeTrace present = trace.get();
        if (present != null) {
            present.end();
        }
    }

    @Override
    public Future<?> traced() {
        NodeTrace present = trace.get();
        return present == null
                ? Future.succeededFuture(Map.of("running", false, "messages", List.of()))
                : present.read();
    }
}
