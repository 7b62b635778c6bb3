package dev.weft.load.cluster;

import dev.weft.wamp.MatchPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients of a node that is about to stop: each connects to another one when it is closed. */
final class MovingClients {
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<Future<Long>> moved = new ArrayList<>();

    /** Returns when all are there. */
    MovingClients(int count, int from, int to, ExecutorService threads) throws IOException {
        for (int i = 0; i < count; i++) {
            BlockingClient client = BlockingClient.join(from);
            String topic = "roll.moving.t" + i;
            client.subscribe(topic, MatchPolicy.EXACT);
            client.patience(0);
            moved.add(threads.submit(() -> move(client, to, topic)));
        }
    }

    /** Returns when all have moved: how many times as many did in the worst quarter of a second as on average. */
    double peakToMean() throws Exception {
        List<Long> times = new ArrayList<>();
        for (Future<Long> each : moved) {
            times.add(each.get(60, TimeUnit.SECONDS));
        }
        times.sort(null);
        long first = times.get(0);
        long last = times.get(times.size() - 1);
        double mean = (double) times.size() * WINDOW_NANOS / (last - first + 1);
        long peak = times.stream()
                .mapToLong(from -> times.stream()
                        .filter(at -> at >= from && at < from + WINDOW_NANOS)
                        .count())
                .max()
                .orElse(0);
        return peak / mean;
    }

    /** Returns the time at which it was back. */
    private static long move(BlockingClient client, int to, String topic) throws IOException {
        try (client) {
            client.next();
            throw new IOException("the node said something before it closed the connection");
        } catch (java.io.EOFException | java.net.SocketException closed) {
            try (BlockingClient again = BlockingClient.join(to)) {
                long back = System.nanoTime();
                again.subscribe(topic, MatchPolicy.EXACT);
                return back;
            }
        }
    }
}
