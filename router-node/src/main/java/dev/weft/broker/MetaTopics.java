package dev.weft.broker;

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
    private static final String[] COMPONENTS = {"wamp", "subscription"};

    private MetaTopics() {}

    /** Whether who is subscribed so gets some of these events. Quick for those who do not, who are almost all. */
    static boolean concern(MatchPolicy match, String uri) {
        return switch (match) {
            case EXACT -> uri.startsWith(STEM) && ALL.contains(uri);
            case PREFIX ->
                STEM.startsWith(uri) || (uri.startsWith(STEM) && ALL.stream().anyMatch(topic -> topic.startsWith(uri)));
            case WILDCARD -> wildcard(uri);
        };
    }

    private static boolean wildcard(String pattern) {
        int first = pattern.indexOf('.');
        int second = pattern.indexOf('.', first + 1);
        if (first < 0 || second < 0 || pattern.indexOf('.', second + 1) >= 0) {
            return false;
        }
        String event = pattern.substring(second + 1);
        return fits(pattern.substring(0, first), COMPONENTS[0])
                && fits(pattern.substring(first + 1, second), COMPONENTS[1])
                && (event.isEmpty() || ALL.contains(String.join(".", COMPONENTS[0], COMPONENTS[1], event)));
    }

    private static boolean fits(String component, String concrete) {
        return component.isEmpty() || component.equals(concrete);
    }

    /** Whether these events tell of subscriptions to {@code topic}: not of those to the router's own topics (reading G15). */
    static boolean tellOf(String topic) {
        return !WampUri.isOfSpecification(topic);
    }
}
