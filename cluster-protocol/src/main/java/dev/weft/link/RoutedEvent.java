package dev.weft.link;

import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ReceiverFilter;
import org.jspecify.annotations.Nullable;

/**
 * One publication on its way to the subscribers behind a lane.
 *
 * @param subscriptions ids of the subscriptions matched; those without subscribers behind the lane are ignored there
 * @param excluded the session that must not get the event (publisher exclusion), 0 for none
 * @param details as every subscriber gets them, except {@code topic}, which is added for pattern-based subscriptions
 */
public record RoutedEvent(
        String realm,
        long publication,
        String topic,
        long[] subscriptions,
        long excluded,
        EventDetails details,
        @Nullable ReceiverFilter receivers,
        Payload payload)
        implements RoutedMessage {

    @Override
    public int loop() {
        return EVERY_INTERESTED_LOOP;
    }

    @Override
    public RoutedEvent keep() {
        Payload kept = payload.keep();
        return kept == payload
                ? this
                : new RoutedEvent(realm, publication, topic, subscriptions, excluded, details, receivers, kept);
    }
}
