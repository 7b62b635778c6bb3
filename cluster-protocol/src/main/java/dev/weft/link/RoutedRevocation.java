package dev.weft.link;

/**
 * Takes a subscription or a registration from a session ("Subscription Revocation", "Registration Revocation").
 *
 * @param loop the event loop of the session on its node
 * @param registration whether {@code id} is that of a registration, and not of a subscription
 * @param reason for the session
 */
public record RoutedRevocation(String realm, int loop, long session, boolean registration, long id, String reason)
        implements RoutedMessage {
    @Override
    public RoutedRevocation keep() {
        return this;
    }
}
