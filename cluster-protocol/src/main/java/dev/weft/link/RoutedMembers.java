package dev.weft.link;

/**
 * What one event loop answers to {@link RoutedMembersAsked}.
 *
 * @param loop that asked
 * @param parts how many event loops the answering node has: as many answers come from it
 * @param created when the answering node first knew of the subscription or registration, in milliseconds since 1970; 0 if
 *     it does not know it
 * @param sessions those of the answering event loop that are subscribed; not to be changed
 */
public record RoutedMembers(String realm, int loop, long question, int parts, long created, long[] sessions)
        implements RoutedMessage {
    @Override
    public RoutedMembers keep() {
        return this;
    }
}
