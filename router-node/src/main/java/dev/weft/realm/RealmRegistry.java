package dev.weft.realm;

import dev.weft.meta.MetaAccess;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The tables of all realms on this node. Thread-safe. Tables are there for realms that only other nodes are configured
 * with, too, so that a realm may be rolled out node by node.
 */
public final class RealmRegistry {
    private final ConcurrentHashMap<String, RealmTables> tables = new ConcurrentHashMap<>();
    private final Map<String, MetaAccess> access;
    private final InstantSource clock;

    /**
     * @param access to the meta API, by realm; none for those that are not named
     * @param clock for people
     */
    public RealmRegistry(Map<String, MetaAccess> access, InstantSource clock) {
        this.clock = clock;
        this.access = Map.copyOf(access);
    }

    public RealmTables tables(String realm) {
        RealmTables known = tables.get(realm);
        return known != null ? known : tables.computeIfAbsent(realm, this::create);
    }

    private RealmTables create(String realm) {
        return RealmTables.of(realm, access.getOrDefault(realm, MetaAccess.OFF), clock);
    }

    /** Each realm with its tables; weakly consistent with realms that come meanwhile. */
    public void forEach(BiConsumer<String, RealmTables> action) {
        tables.forEach(action);
    }
}
