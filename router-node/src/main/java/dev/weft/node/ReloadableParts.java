package dev.weft.node;

import dev.weft.config.NodeConfig;
import dev.weft.config.RealmConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a configuration can change while the node runs. Everything else needs a restart. */
final class ReloadableParts {
    private ReloadableParts() {}

    /** @param rules puts what the realms allow into force */
    static List<RunningConfig.Part> all(Consumer<NodeConfig> rules) {
        return List.of(
                new RunningConfig.Part((present, next) -> present.withLogging(next.logging()), LogSettings::apply),
                new RunningConfig.Part(ReloadableParts::withRules, rules));
    }

    private static NodeConfig withRules(NodeConfig present, NodeConfig next) {
        Map<String, RealmConfig> byUri =
                next.realms().stream().collect(Collectors.toMap(RealmConfig::uri, Function.identity()));
        return present.withRealms(present.realms().stream()
                .map(realm -> withRules(realm, byUri.get(realm.uri())))
                .toList());
    }

    /** Who may join gives the roles that the rules are for: where that changes, both wait for the restart together. */
    private static RealmConfig withRules(RealmConfig present, @Nullable RealmConfig next) {
        return next != null && next.auth().equals(present.auth()) ? present.withRulesOf(next) : present;
    }
}
