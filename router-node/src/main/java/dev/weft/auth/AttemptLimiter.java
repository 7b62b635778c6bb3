package dev.weft.auth;

import dev.weft.auth.credential.Crypto;
import dev.weft.transport.PeerCredentials;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often proving an identity may fail: for each address, and for each name of a realm whether somebody has it or not. An
 * attempt is taken before it is checked and given back when it succeeds, so that guesses made at once do not pass together.
 * What failed here is told to the other nodes from time to time, and what failed there counts here. Thread-safe; a lock
 * guards a map and is held for moments.
 */
public final class AttemptLimiter {
    /** Names and addresses remembered; those that did nothing for longest are forgotten first. */
    private static final int MOST_KEYS = 200_000;

    private static final int MOST_TOLD = 1000;

    /**
     * How many may fail.
     *
     * @param perAddress at once; as many again in each window. 0 for any number
     * @param perPrincipal likewise
     */
    public record Limits(int perAddress, int perPrincipal, Duration window) {
        public static final Limits NONE = new Limits(0, 0, Duration.ofMinutes(1));
    }

    private final Limits limits;
    private final byte[] secret;
    private final LongSupplier nanoClock;
    /** By key, when all failures will be forgiven: a time of {@link #nanoClock}. */
    private final Map<Long, Long> forgiven = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST_KEYS;
        }
    };

    private Map<Long, Integer> untold = new HashMap<>();

    /** @param secret the same on all nodes */
    public AttemptLimiter(Limits limits, byte[] secret, LongSupplier nanoClock) {
        this.limits = limits;
        this.secret = secret.clone();
        this.nanoClock = nanoClock;
    }

    /**
     * The keys of an attempt; even ones are of addresses, odd ones of principals.
     *
     * @param realm whose principals are meant
     * @param subject whom the client says it is; empty if it does not say
     */
    List<Long> keys(PeerCredentials peer, String realm, String subject) {
        List<Long> keys = new ArrayList<>();
        if (!peer.address().equals("unix")) {
            keys.add(key("address|" + network(peer.address())) & ~1L);
        }
        if (!subject.isEmpty()) {
            keys.add(key("principal|" + realm + '|' + subject) | 1L);
        }
        return keys;
    }

    private long key(String text) {
        return ByteBuffer.wrap(Crypto.hmac(secret, text)).getLong();
    }

    /** A host may have all addresses of an IPv6 network of 64 bits. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        if (groups.length < 3) {
            return address;
        }
        int empty = List.of(groups).indexOf("");
        int shown = empty >= 0 ? Math.min(empty, 4) : 4;
        return String.join(":", List.of(groups).subList(0, Math.min(shown, groups.length)));
    }

    /** Whether an attempt may be made now; nothing is taken. */
    synchronized boolean mayTry(List<Long> keys) {
        long now = nanoClock.getAsLong();
        return keys.stream().allMatch(key -> isFree(key, now));
    }

    /** Takes an attempt; false if there is none left. */
    synchronized boolean take(List<Long> keys) {
        if (!mayTry(keys)) {
            return false;
        }
        keys.forEach(key -> add(key, 1));
        return true;
    }

    /** The attempt succeeded: it does not count. */
    synchronized void giveBack(List<Long> keys) {
        keys.forEach(key -> add(key, -1));
    }

    /** An attempt that was taken failed. */
    synchronized void failed(List<Long> keys) {
        for (Long key : keys) {
            if (untold.size() < MOST_TOLD || untold.containsKey(key)) {
                untold.merge(key, 1, Integer::sum);
            }
        }
    }

    /** What failed here since this was last asked, by key: for the other nodes. */
    public synchronized Map<Long, Integer> untold() {
        Map<Long, Integer> fresh = untold;
        untold = new HashMap<>();
        return fresh;
    }

    /** What failed on another node. */
    public synchronized void told(Map<Long, Integer> failures) {
        failures.forEach(this::add);
    }

    private boolean isFree(long key, long now) {
        int most = most(key);
        Long until = forgiven.get(key);
        return most == 0 || until == null || until - now <= interval(most) * (most - 1);
    }

    private void add(long key, int failures) {
        int most = most(key);
        if (most == 0) {
            return;
        }
        long now = nanoClock.getAsLong();
        Long until = forgiven.get(key);
        long from = until == null || until - now < 0 ? now : until;
        long after = from + failures * interval(most);
        if (after - now <= 0) {
            forgiven.remove(key);
        } else {
            forgiven.put(key, Math.min(after - now, limits.window().toNanos() * 2) + now);
        }
    }

    private int most(long key) {
        return (key & 1) == 0 ? limits.perAddress() : limits.perPrincipal();
    }

    private long interval(int most) {
        return limits.window().toNanos() / most;
    }
}
