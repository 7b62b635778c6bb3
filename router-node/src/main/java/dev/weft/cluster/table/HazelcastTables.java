package dev.weft.cluster.table;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MetadataPolicy;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipOptions;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import java.io.IOException;
import java.util.List;

/**
 * The Hazelcast maps that hold the tables: their names and how they are kept. After a split, what the smaller side had
 * stored is dropped: the owners assert again what they hold.
 */
public final class HazelcastTables {
    static final String INTEREST = "weft.interest";
    static final String CALLEES = "weft.callees";
    static final String SESSIONS = "weft.sessions";
    static final String REALMS = "weft.realms";
    static final String RETAINED = "weft.retained";
    static final String HISTORIES = "weft.histories";

    private static final int MERGE_BATCH = 1000;

    /** Entries live for as long as their cookies are good; none is good for longer. */
    private static final int LONGEST_COOKIE_SECONDS = 365 * 86_400;

    private HazelcastTables() {}

    /**
     * Joins the cluster with a member that holds its share of the tables: see {@link HazelcastMembership#join}.
     *
     * @param link where this node listens for links
     * @throws IOException if the cluster cannot be joined
     */
    public static HazelcastMembership join(MembershipOptions options, NodeId self, HostPort link) throws IOException {
        ClusterKeys keys = options.keys();
        PayloadCodec payloads = keys == null ? PayloadCodec.PLAIN : new SealedPayloads(keys);
        return HazelcastMembership.join(options, self, link, config -> configure(config, options.backups(), payloads));
    }

    /**
     * Backups are made right after an operation and not waited for: a frozen member would hold up what another one
     * decides, and what is lost with a member is asserted again by its owners anyway.
     */
    static void configure(Config config, int backups, PayloadCodec payloads) {
        for (String name : List.of(INTEREST, CALLEES, SESSIONS, REALMS)) {
            config.addMapConfig(new MapConfig(name)
                    .setBackupCount(0)
                    .setAsyncBackupCount(backups)
                    .setInMemoryFormat(InMemoryFormat.OBJECT)
                    // Otherwise each entry is looked at for JSON whenever it is stored or moves.
                    .setMetadataPolicy(MetadataPolicy.OFF)
                    .setMergePolicyConfig(new MergePolicyConfig(DiscardMergePolicy.class.getName(), MERGE_BATCH))
                    .setStatisticsEnabled(false));
        }
        config.addMapConfig(kept(RETAINED, backups, NewerStays.class.getName()));
        config.addMapConfig(kept(HISTORIES, backups, BothHistories.class.getName()));
        config.addMapConfig(cookies(HazelcastCookies.COOKIES, backups, EndedStays.class.getName()));
        config.addMapConfig(cookies(HazelcastCookies.OWNERS, backups, BothOwn.class.getName()));
        config.addMapConfig(new MapConfig(FailedAttempts.MAP)
                .setBackupCount(0)
                .setMergePolicyConfig(new MergePolicyConfig(DiscardMergePolicy.class.getName(), MERGE_BATCH))
                .setStatisticsEnabled(false));
        for (SerializerConfig serializer : TableSerializers.all()) {
            config.getSerializationConfig().addSerializerConfig(serializer);
        }
        for (SerializerConfig serializer : new EventSerializers(payloads).all()) {
            config.getSerializationConfig().addSerializerConfig(serializer);
        }
    }

    /** Who was told that a browser is known, or is not any more, is told what outlives a member: backups are waited for. */
    private static MapConfig cookies(String name, int backups, String mergePolicy) {
        return new MapConfig(name)
                .setBackupCount(Math.max(1, backups))
                .setTimeToLiveSeconds(LONGEST_COOKIE_SECONDS)
                .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, MERGE_BATCH))
                .setStatisticsEnabled(false);
    }

    /** What no node asserts again: its backups are made in any case, at least one. */
    private static MapConfig kept(String name, int backups, String mergePolicy) {
        return new MapConfig(name)
                .setBackupCount(0)
                .setAsyncBackupCount(Math.max(1, backups))
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, MERGE_BATCH))
                .setStatisticsEnabled(false);
    }
}
