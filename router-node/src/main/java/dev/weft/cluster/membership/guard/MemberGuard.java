package dev.weft.cluster.membership.guard;

import com.hazelcast.nio.MemberSocketInterceptor;
import dev.weft.cluster.key.ClusterKeys;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets connections of Hazelcast go on only between members that know the cluster's key. Called by Hazelcast on threads that
 * may block, for each connection before anything else is said over it. Thread-safe.
 */
public final class MemberGuard implements MemberSocketInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(MemberGuard.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_REMEMBERED = 1024;

    private final MemberHandshake handshake;
    private final Map<Socket, ConnectionKeys> proved = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<String, String> lastRefusals = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    public MemberGuard(ClusterKeys keys) {
        this.handshake = new MemberHandshake(keys, PATIENCE);
    }

    /** How many connections were refused, or given up because the other end was no member, since the start. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void init(Properties properties) {}

    @Override
    public void onAccept(Socket socket) throws IOException {
        try {
            proved.put(socket, handshake.accept(socket));
        } catch (IOException stranger) {
            throw refusal(socket, stranger);
        }
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        try {
            proved.put(socket, handshake.connect(socket));
        } catch (IOException stranger) {
            throw refusal(socket, stranger);
        }
    }

    /** The keys of a connection that has passed, while its socket is there. */
    ConnectionKeys keysOf(Socket socket) {
        ConnectionKeys keys = proved.get(socket);
        if (keys == null) {
            throw new IllegalStateException("a connection that has not passed the guard");
        }
        return keys;
    }

    /** Counted, and logged once for each host until its reason changes. */
    private IOException refusal(Socket socket, IOException why) {
        refused.increment();
        String host =
                socket.getInetAddress() == null ? "?" : socket.getInetAddress().getHostAddress();
        String reason = String.valueOf(why.getMessage());
        if (lastRefusals.size() >= MOST_REMEMBERED) {
            lastRefusals.clear();
        }
        if (!reason.equals(lastRefusals.put(host, reason))) {
            LOG.warn("no Hazelcast connection with {}: {}", socket.getRemoteSocketAddress(), reason);
        }
        return new IOException("refused: " + reason);
    }
}
