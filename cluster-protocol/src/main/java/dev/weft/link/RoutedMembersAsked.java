package dev.weft.link;

/**
 * Asks every event loop of the receiving node what it knows of a subscription or a registration ("Subscription Meta API",
 * "Registration Meta API"). Each answers with {@link RoutedMembers}.
 *
 * @param asker the event loop that asks, on its node
 * @param question names the question on that event loop
 * @param registration whether {@code id} is that of a registration, and not of a subscription
 */
public record RoutedMembersAsked(String realm, int asker, long question, boolean registration, long id)
        implements RoutedMessage {
    @Override
    public int loop() {
        return EVERY_INTERESTED_LOOP;
    }

    @Override
    public RoutedMembersAsked keep() {
        return this;
    }
}
