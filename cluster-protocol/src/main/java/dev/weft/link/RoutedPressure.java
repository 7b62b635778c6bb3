package dev.weft.link;

/**
 * How those of the sender's node who get what is sent to a subscription, or to the callees of a registration, keep up.
 *
 * @param registration whether {@code id} is that of a registration, and not of a subscription
 * @param asks whether the receiver is to answer with how its own keep up; then nothing is told
 * @param receivers of the sender's node, without those who take nothing at all
 * @param behind of {@code receivers}, those for whom more waits than should
 */
public record RoutedPressure(String realm, boolean registration, long id, boolean asks, int receivers, int behind)
        implements RoutedMessage {
    @Override
    public int loop() {
        return EVERY_INTERESTED_LOOP;
    }

    @Override
    public RoutedPressure keep() {
        return this;
    }
}
