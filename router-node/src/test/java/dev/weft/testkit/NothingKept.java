package dev.weft.testkit;

import dev.weft.directory.EventDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps no event. */
final class NothingKept implements EventDirectory {
    @Override
    public @Nullable String refusal(String realm, String topic, int bytes) {
        return "nothing is kept";
    }

    @Override
    public void retain(RoutedEvent event, Runnable done) {
        done.run();
    }

    @Override
    public void newest(
            String realm,
            MatchPolicy match,
            String topic,
            Identity receiver,
            LocalLane lane,
            Consumer<@Nullable RoutedEvent> found) {
        found.accept(null);
    }
}
