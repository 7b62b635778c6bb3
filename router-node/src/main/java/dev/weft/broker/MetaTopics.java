package dev.weft.broker;

import dev.weft.uri.UriPattern;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import java.util.List;

/** The topics of the subscription meta API, and who listens to them. */
public final class MetaTopics {
    /** The subscription had no subscriber. */
    public static final String ON_CREATE = "wamp.subscription.on_create";

    /** A session is subscribed. */
    public static final String ON_SUBSCRIBE = "wamp.subscription.on_subscribe";

    /** A session is subscribed no more. */
    public static final String ON_UNSUBSCRIBE = "wamp.subscription.on_unsubscribe";

    /** The subscription has no subscriber any more. */
    public static final String ON_DELETE = "wamp.subscription.on_delete";

    static final List<String> ALL = List.of(ON_CREATE, ON_SUBSCRIBE, ON_UNSUBSCRIBE, ON_DELETE);

    private static final String STEM = "wamp.subscription.on_";

    private MetaTopics() {}

    /** Whether who is subscribed so gets some of these events. Quick for exact topics, which almost all are. */
    static boolean concern(MatchPolicy match, String uri) {
        if (match == MatchPolicy.EXACT && !uri.startsWith(STEM)) {
            return false;
        }
        UriPattern pattern = new UriPattern(match, uri);
        return ALL.stream().anyMatch(pattern::matches);
    }

    /** Whether these events tell of subscriptions to {@code topic}: not of those to the router's own topics (reading G15). */
    static boolean tellOf(String topic) {
        return !WampUri.isOfSpecification(topic);
    }
}
