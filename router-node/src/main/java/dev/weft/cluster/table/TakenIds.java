package dev.weft.cluster.table;

import dev.weft.wamp.WampId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids of what the sessions of this node hold, of one kind. Ids are proposed as a hash of what they stand for, so
 * that two sides of a split propose the same one (docs/adr/0006-ids-of-subscriptions-and-registrations.md). Confined to
 * the control thread.
 */
final class TakenIds {
    private static final String SUBSCRIPTION = "subscription";

    private record Taken(TableKey key, int holders) {}

    private final String kind;
    private final MessageDigest sha256;
    private final Map<Long, Taken> taken = new HashMap<>();

    static TakenIds ofSubscriptions() {
        return new TakenIds(SUBSCRIPTION);
    }

    /** The first id that every node proposes for a subscription. */
    static long subscriptionOf(TableKey topic) {
        return ofSubscriptions().propose(topic);
    }

    TakenIds(String kind) {
        this.kind = kind;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** The id to propose for {@code key}: the first of its hashes that this node does not use for another key. */
    long propose(TableKey key) {
        int attempt = 0;
        long id = hash(key, attempt);
        while (!isFreeFor(key, id)) {
            attempt++;
            id = hash(key, attempt);
        }
        return id;
    }

    /** Counts one more holder of {@code id}; false if it stands for another key on this node. */
    boolean take(long id, TableKey key) {
        if (!isFreeFor(key, id)) {
            return false;
        }
        taken.merge(id, new Taken(key, 1), (before, one) -> new Taken(key, before.holders + 1));
        return true;
    }

    /** Counts one holder less. */
    void release(long id) {
        taken.computeIfPresent(
                id, (same, before) -> before.holders == 1 ? null : new Taken(before.key, before.holders - 1));
    }

    private boolean isFreeFor(TableKey key, long id) {
        Taken present = taken.get(id);
        return present == null || present.key.equals(key);
    }

    private long hash(TableKey key, int attempt) {
        for (String part : new String[] {kind, key.realm(), key.match().text(), key.uri()}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(attempt).flip());
        long bits = ByteBuffer.wrap(sha256.digest()).getLong();
        return (bits >>> 11) + WampId.MIN;
    }
}
