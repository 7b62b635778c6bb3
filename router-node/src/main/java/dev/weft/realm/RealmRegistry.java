package dev.weft.realm;

import dev.weft.directory.EventDirectory;
import dev.weft.meta.MetaAccess;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables of all realms on this node. Thread-safe. Tables are there for realms that only other nodes are configured
 * with, too, so that a realm may be rolled out node by node.
 */
public final class RealmRegistry {
    private final ConcurrentHashMap<String, RealmTables> tables = new ConcurrentHashMap<>();
    private final ReadWriteLock dropping = new ReentrantReadWriteLock();
    private final Function<String, MetaAccess> access;
    private final InstantSource clock;
    private volatile @Nullable EventDirectory kept;

    /**
     * @param access to the meta API, by realm; none for those that are not named
     * @param clock for people
     */
    public RealmRegistry(Map<String, MetaAccess> access, InstantSource clock) {
        this(realm -> access.getOrDefault(realm, MetaAccess.OFF), clock);
    }

    /**
     * As {@link #RealmRegistry(Map, InstantSource)}.
     *
     * @param access for any realm
     */
    public RealmRegistry(Function<String, MetaAccess> access, InstantSource clock) {
        this.clock = clock;
        this.access = access;
    }

    /** Adds something to the tables of a realm: they are not dropped meanwhile, and are there afterwards. */
    public <T> T adding(String realm, Function<RealmTables, T> addition) {
        dropping.readLock().lock();
        try {
            return addition.apply(tables(realm));
        } finally {
            dropping.readLock().unlock();
        }
    }

    /** Whether nothing is known of a realm. */
    boolean isEmpty(String realm) {
        RealmTables known = tables.get(realm);
        return known == null || known.isEmpty();
    }

    /** Forgets the tables of a realm if there is nothing in them. Nobody may route by them any more. */
    boolean dropIfEmpty(String realm) {
        dropping.writeLock().lock();
        try {
            return tables.computeIfPresent(realm, (uri, known) -> known.isEmpty() ? null : known) == null;
        } finally {
            dropping.writeLock().unlock();
        }
    }

    public RealmTables tables(String realm) {
        RealmTables known = tables.get(realm);
        return known != null ? known : tables.computeIfAbsent(realm, this::create);
    }

    /** Has {@code directory} keep the events that the router itself publishes. Before anything is. */
    public void keptBy(EventDirectory directory) {
        kept = directory;
        tables.values().forEach(known -> known.publisher().keptBy(directory));
    }

    private RealmTables create(String realm) {
        RealmTables created = RealmTables.of(realm, access.apply(realm), clock);
        EventDirectory directory = kept;
        if (directory != null) {
            created.publisher().keptBy(directory);
        }
        return created;
    }

    /** Each realm with its tables; weakly consistent with realms that come meanwhile. */
    public void forEach(BiConsumer<String, RealmTables> action) {
        tables.forEach(action);
    }
}
