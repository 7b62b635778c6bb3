package dev.weft.cluster.table;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.directory.EventDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has the cluster retain. Every method can be called on any thread and hands over to the control thread,
 * so that what one event loop has retained of a topic is stored in that order.
 */
public final class Retention implements EventDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** So long a publisher that wants to know waits while the store stalls. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RetainedStore store;
    private final ControlThread control;
    private final InstantSource clock;
    private final RetainedUsage usage;
    private final OrderedWrites<TableKey> writes;
    private final KeptCounters counters = new KeptCounters();

    /**
     * @param clock for the stamps of events; two nodes whose clocks differ still agree on what is newest of one topic
     * @param limits by realm; others retain nothing
     */
    Retention(RetainedStore store, ControlThread control, InstantSource clock, Map<String, RetainLimits> limits) {
        this.store = store;
        this.control = control;
        this.clock = clock;
        this.usage = new RetainedUsage(limits);
        this.writes = new OrderedWrites<>(control);
        store.watch(usage::heard);
    }

    /** That of a node which is a cluster by itself. */
    public static Retention alone(ControlThread control, InstantSource clock, Map<String, RetainLimits> limits) {
        return new Retention(new LocalRetainedStore(), control, clock, limits);
    }

    /** That of a member of a cluster. */
    public static Retention in(
            HazelcastMembership membership,
            ControlThread control,
            InstantSource clock,
            Map<String, RetainLimits> limits) {
        return new Retention(new HazelcastRetainedStore(membership), control, clock, limits);
    }

    public KeptCounters counters() {
        return counters;
    }

    /** Ends what this runs itself; Hazelcast is the caller's. */
    @Override
    public void close() {
        store.close();
    }

    @Override
    public @Nullable String refusal(String realm, String topic, int bytes) {
        return usage.refusal(realm, topic, bytes);
    }

    @Override
    public void retain(RoutedEvent event, Runnable done) {
        RoutedEvent kept = event.keep();
        control.execute(() -> {
            Once answer = new Once(done);
            int bytes = kept.payload().length();
            if (!kept.payload().isEmpty() && usage.refusal(kept.realm(), kept.topic(), bytes) != null) {
                counters.refuse();
                answer.run();
                return;
            }
            control.later(PATIENCE, answer);
            TableKey topic = new TableKey(kept.realm(), MatchPolicy.EXACT, kept.topic());
            writes.write(topic, bytes, () -> store.retain(topic, kept, clock.millis()), stored -> {
                counters.retained(stored);
                answer.run();
            });
        });
    }

    @Override
    public void newest(
            String realm,
            MatchPolicy match,
            String topic,
            Identity receiver,
            LocalLane lane,
            Consumer<@Nullable RoutedEvent> found) {
        TableKey pattern = new TableKey(realm, match, topic);
        store.newest(pattern, receiver)
                .whenCompleteAsync(
                        (event, failure) -> {
                            if (failure != null) {
                                LOG.warn("Nobody knows what is retained of {}: {}", pattern, failure.toString());
                            }
                            answer(lane, () -> found.accept(event == null ? null : event.event()));
                        },
                        control);
    }

    private static void answer(LocalLane lane, Runnable answer) {
        try {
            lane.run(answer);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{} has stopped and takes no answer", lane.name());
        }
    }
}
