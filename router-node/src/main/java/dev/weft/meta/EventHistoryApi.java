package dev.weft.meta;

import dev.weft.broker.Subscription;
import dev.weft.broker.SubscriptionTable;
import dev.weft.directory.HistoryAnswer;
import dev.weft.directory.HistoryAnswer.PastEvent;
import dev.weft.directory.HistoryQuery;
import dev.weft.directory.TopicHistory;
import dev.weft.lane.LocalLane;
import dev.weft.session.Session;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.WampError;
import dev.weft.wamp.codec.Serializer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code wamp.subscription.get_events} of one realm on one event loop ("Event History"), in realms that keep a history.
 * Belongs to its event loop.
 */
final class EventHistoryApi {
    private static final String GET_EVENTS = "wamp.subscription.get_events";

    private final SubscriptionTable table;
    private final LocalLane lane;

    EventHistoryApi(SubscriptionTable table, LocalLane lane) {
        this.table = table;
        this.lane = lane;
    }

    /** Whether there is anything to ask for. */
    boolean isOpen() {
        return table.hasHistories();
    }

    /** Whether it is this procedure; then {@code answer} is called once. */
    boolean serve(String procedure, MetaArguments arguments, MetaCaller caller, Consumer<MetaAnswer> answer) {
        if (!procedure.equals(GET_EVENTS) || !isOpen()) {
            return false;
        }
        Long id = arguments.id(0);
        if (id == null) {
            answer.accept(MetaAnswer.invalid("subscription is no id"));
            return true;
        }
        Subscription subscription = table.withHistory(id);
        TopicHistory history = subscription == null ? null : subscription.history();
        if (subscription == null || history == null) {
            answer.accept(none(id));
        } else if (!caller.mayRead(subscription)) {
            answer.accept(new MetaAnswer.Refused(
                    WampError.NOT_AUTHORIZED,
                    "who may not subscribe to " + subscription.topic() + " may not read its history"));
        } else {
            find(id, subscription.match(), history, arguments, caller.session(), answer);
        }
        return true;
    }

    private MetaAnswer none(long id) {
        return table.byId(id) == null
                ? new MetaAnswer.Refused(WampError.NO_SUCH_SUBSCRIPTION, "there is no subscription " + id)
                : new MetaAnswer.Refused(
                        WampError.HISTORY_UNAVAILABLE, "the realm keeps no history of subscription " + id);
    }

    private void find(
            long id,
            MatchPolicy match,
            TopicHistory history,
            MetaArguments arguments,
            Session session,
            Consumer<MetaAnswer> answer) {
        try {
            HistoryQuery query = HistoryArguments.query(arguments.kwargs(), session.identity());
            Serializer serializer = session.connection().serializer();
            history.find(query, lane, found -> answer.accept(answered(id, match, found, serializer)));
        } catch (HistoryArguments.Fault fault) {
            answer.accept(MetaAnswer.invalid(fault.words()));
        }
    }

    private static MetaAnswer answered(long id, MatchPolicy match, HistoryAnswer found, Serializer serializer) {
        if (found instanceof HistoryAnswer.Found events) {
            List<Map<String, Object>> dicts = events.events().stream()
                    .map(event -> dict(id, match, event, serializer))
                    .toList();
            return new MetaAnswer.Values(dicts);
        }
        if (found instanceof HistoryAnswer.TooLong tooLong) {
            return new MetaAnswer.Refused(
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    "one result may hold the first " + tooLong.fitting()
                            + " of these events: ask with a limit, and for the others with after_publication,"
                            + " or before_publication if reverse");
        }
        if (found instanceof HistoryAnswer.UnknownPublication unknown) {
            return MetaAnswer.invalid(
                    "publication " + unknown.publication() + " is not in the history, or not any more");
        }
        return new MetaAnswer.Refused(WampError.UNAVAILABLE, "the history cannot be read now");
    }

    private static Map<String, Object> dict(long id, MatchPolicy match, PastEvent past, Serializer serializer) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("timestamp", Instant.ofEpochMilli(past.millis()).toString());
        dict.put("subscription", id);
        dict.put("publication", past.event().publication());
        dict.put(
                "details",
                details(
                        past.event().details(),
                        match == MatchPolicy.EXACT ? null : past.event().topic()));
        Payload payload = past.event().payload();
        if (payload.elements() > 0) {
            dict.put("args", serializer.args(payload));
        }
        if (payload.elements() > 1) {
            dict.put("kwargs", serializer.kwargs(payload));
        }
        return dict;
    }

    /** As subscribers got them. */
    private static Map<String, Object> details(EventDetails details, @Nullable String topic) {
        Map<String, Object> dict = new LinkedHashMap<>();
        Identity publisher = details.publisher();
        if (publisher != null) {
            dict.put("publisher", publisher.session());
            dict.put("publisher_authid", publisher.authid());
            dict.put("publisher_authrole", publisher.authrole());
        }
        if (topic != null) {
            dict.put("topic", topic);
        }
        if (details.trustlevel() >= 0) {
            dict.put("trustlevel", (long) details.trustlevel());
        }
        Ppt ppt = details.ppt();
        if (ppt != null) {
            dict.put("ppt_scheme", ppt.scheme());
            putIfThere(dict, "ppt_serializer", ppt.serializer());
            putIfThere(dict, "ppt_cipher", ppt.cipher());
            putIfThere(dict, "ppt_keyid", ppt.keyid());
        }
        return dict;
    }

    private static void putIfThere(Map<String, Object> dict, String key, @Nullable String value) {
        if (value != null) {
            dict.put(key, value);
        }
    }
}
