package dev.weft.load.cluster;

import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Callees of one shared procedure, spread over the nodes. One that is closed connects to the node that has the fewest of
 * those that run, and registers again.
 */
final class SharedCallees implements AutoCloseable {
    /** A callee is to have a call to answer most of the time, so that to close it just so would be noticed. */
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final ThreeNodes nodes;
    private final String procedure;
    private final List<BlockingClient> clients = new ArrayList<>();
    private final int[] count = new int[ThreeNodes.NODES];
    private int stopping = -1;
    private boolean over;

    SharedCallees(ThreeNodes nodes, String procedure) {
        this.nodes = nodes;
        this.procedure = procedure;
    }

    /** Returns when all are registered. */
    void start(int callees, ExecutorService threads) throws IOException {
        for (int i = 0; i < callees; i++) {
            int node = choose();
            BlockingClient client = register(node);
            threads.submit(() -> serve(client, node));
        }
    }

    /** Nobody connects to {@code node} from now on; -1 for none. */
    synchronized void stopping(int node) {
        stopping = node;
    }

    private synchronized int choose() {
        int best = -1;
        for (int node = 0; node < count.length; node++) {
            if (node != stopping && (best < 0 || count[node] < count[best])) {
                best = node;
            }
        }
        count[best]++;
        return best;
    }

    private BlockingClient register(int node) throws IOException {
        BlockingClient client = BlockingClient.join(nodes.port(node));
        RegisterOptions shared = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, false, false);
        client.send(new Register(1, shared, procedure));
        client.next(MessageType.REGISTERED);
        client.patience(0);
        synchronized (this) {
            clients.add(client);
        }
        return client;
    }

    private Void serve(BlockingClient first, int firstNode) throws IOException {
        BlockingClient client = first;
        int node = firstNode;
        while (true) {
            try {
                while (true) {
                    Invocation invocation = (Invocation) client.next(MessageType.INVOCATION);
                    LockSupport.parkNanos(WORK_NANOS);
                    client.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
                }
            } catch (IOException closed) {
                synchronized (this) {
                    count[node]--;
                    if (over) {
                        return null;
                    }
                }
            }
            node = choose();
            client = register(node);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        over = true;
        for (BlockingClient client : clients) {
            client.close();
        }
    }
}
