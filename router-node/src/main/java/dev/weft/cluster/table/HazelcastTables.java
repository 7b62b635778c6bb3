package dev.weft.cluster.table;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.SerializerConfig;
import java.util.List;

/** The Hazelcast maps that hold the tables: their names and how they are kept. */
public final class HazelcastTables {
    static final String INTEREST = "weft.interest";
    static final String CALLEES = "weft.callees";
    static final String SESSIONS = "weft.sessions";

    private HazelcastTables() {}

    /**
     * Adds what the tables need to a member's configuration.
     *
     * @param backups how many members besides its owner hold each entry, 0 to 6
     */
    public static void configure(Config config, int backups) {
        for (String name : List.of(INTEREST, CALLEES, SESSIONS)) {
            config.addMapConfig(new MapConfig(name)
                    .setBackupCount(backups)
                    .setInMemoryFormat(InMemoryFormat.OBJECT)
                    .setStatisticsEnabled(false));
        }
        for (SerializerConfig serializer : TableSerializers.all()) {
            config.getSerializationConfig().addSerializerConfig(serializer);
        }
    }
}
