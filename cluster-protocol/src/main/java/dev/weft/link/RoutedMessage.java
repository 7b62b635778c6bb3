package dev.weft.link;

import dev.weft.wamp.Payload;

/** What broker and dealer send over a lane, be it to another event loop or to another node. */
public sealed interface RoutedMessage extends LinkFrame
        permits RoutedEvent,
                RoutedCall,
                RoutedCancel,
                RoutedResult,
                RoutedError,
                RoutedRefusal,
                RoutedKill,
                RoutedMembersAsked,
                RoutedMembers,
                RoutedMemberships,
                RoutedRevocation,
                RoutedPressure,
                RoutedPoll,
                RoutedPollAnswer {

    /** {@link #loop()} of a message that goes to every event loop with an interest in it. */
    int EVERY_INTERESTED_LOOP = -1;

    String realm();

    /** Which event loop of the receiving node the message is for. */
    int loop();

    /** What of the message is the application's; empty if nothing can be. */
    default Payload payload() {
        return Payload.EMPTY;
    }

    /** Bytes of what the message carries for others, which is most of what it takes in memory. */
    default int bodyLength() {
        return payload().length();
    }

    /** The same message with a payload that may cross threads and outlive the batch it was read in. */
    RoutedMessage keep();
}
