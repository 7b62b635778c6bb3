package dev.weft.cluster.link;

import dev.weft.link.LinkFrame;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TestamentAdded;
import dev.weft.wamp.ReceiverFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a frame costs in memory while it waits to be sent, roughly; always the same for the same frame. */
final class FrameCost {
    private static final long HEAD = 256;
    private static final long LIST_ELEMENT = 32;

    private FrameCost() {}

    /** Bytes. */
    static long of(LinkFrame frame) {
        if (frame instanceof RoutedEvent event) {
            return HEAD
                    + event.payload().length()
                    + (long) event.subscriptions().length * Long.BYTES
                    + of(event.receivers());
        }
        if (frame instanceof RoutedMessage message) {
            return HEAD + message.bodyLength();
        }
        if (frame instanceof TestamentAdded added) {
            return HEAD + added.testament().payload().length();
        }
        return HEAD;
    }

    private static long of(@Nullable ReceiverFilter filter) {
        return filter == null
                ? 0
                : of(filter.exclude())
                        + of(filter.excludeAuthid())
                        + of(filter.excludeAuthrole())
                        + of(filter.eligible())
                        + of(filter.eligibleAuthid())
                        + of(filter.eligibleAuthrole());
    }

    private static long of(@Nullable List<?> list) {
        return list == null ? 0 : list.size() * LIST_ELEMENT;
    }
}
