package dev.weft.node;

import java.util.List;

/** What of a configuration can change while the node runs. Everything else needs a restart. */
final class ReloadableParts {
    private ReloadableParts() {}

    static List<RunningConfig.Part> all() {
        return List.of(new RunningConfig.Part(
                "logging", (present, next) -> present.withLogging(next.logging()), LogSettings::apply));
    }
}
