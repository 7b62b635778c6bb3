package dev.weft.node;

import dev.weft.admin.NodeStatus;
import dev.weft.admin.Rows;
import dev.weft.config.ConfigDigest;
import dev.weft.config.ConfigView;
import dev.weft.node.status.NodeLists;
import dev.weft.node.status.Overview;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a node shows of itself over its admin port. */
final class NodeView implements NodeStatus {
    private final RunningConfig config;
    private final NodeLists lists;
    private final Overview overview;

    NodeView(RunningConfig config, NodeLists lists, Overview overview) {
        this.config = config;
        this.lists = lists;
        this.overview = overview;
    }

    /** What the node is called, and where it stands. */
    static Map<String, Object> identity(RunningConfig config, NodeLifecycle lifecycle) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("node", config.present().node().name());
        if (config.present().cluster().enabled()) {
            identity.put("cluster", config.present().cluster().name());
        }
        identity.put("version", BuildInfo.version());
        identity.put("state", lifecycle.state().name().toLowerCase(Locale.ROOT));
        identity.put("config_digest", ConfigDigest.of(config.present()));
        return identity;
    }

    @Override
    public Map<String, Object> overview() {
        return overview.figures();
    }

    @Override
    public Map<String, Object> configuration() {
        return ConfigView.of(config.present());
    }

    @Override
    public Rows connections() {
        return lists.connections();
    }

    @Override
    public Rows sessions() {
        return lists.sessions();
    }

    @Override
    public Rows closed() {
        return lists.closed();
    }

    @Override
    public Rows realms() {
        return lists.realms();
    }

    @Override
    public Rows subscriptions() {
        return lists.subscriptions();
    }

    @Override
    public Rows registrations() {
        return lists.registrations();
    }
}
