package dev.weft.meta;

import dev.weft.broker.Subscription;
import dev.weft.broker.SubscriptionTable;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedRevocation;
import dev.weft.meta.MemberQuestions.Members;
import dev.weft.uri.Matches;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscription meta procedures of one realm on one event loop ("Subscription Meta API"). Which subscriptions there are
 * is in the mirror of this node; who is subscribed is asked of the event loops and nodes that have subscribers. Belongs to
 * its event loop.
 */
public final class SubscriptionMetaApi {
    private final String realm;
    private final MetaAccess access;
    private final SubscriptionTable table;
    private final SessionTable sessions;
    private final LocalLane lane;
    private final MemberQuestions questions;
    private final EventHistoryApi histories;
    private final Matches<Subscription> matches = new Matches<>();

    public SubscriptionMetaApi(
            String realm, MetaAccess access, SubscriptionTable table, SessionTable sessions, LocalLane lane) {
        this.realm = realm;
        this.access = access;
        this.table = table;
        this.sessions = sessions;
        this.lane = lane;
        this.questions = new MemberQuestions(realm, lane);
        this.histories = new EventHistoryApi(table, lane);
    }

    /** Whether it is one of these procedures; then {@code answer} is called once. */
    boolean serve(String procedure, MetaArguments arguments, Consumer<MetaAnswer> answer) {
        if (!access.mayRead()) {
            return false;
        }
        switch (procedure) {
            case "wamp.subscription.list" -> answer.accept(list());
            case "wamp.subscription.lookup" -> answer.accept(lookup(arguments));
            case "wamp.subscription.match" -> answer.accept(match(arguments));
            case "wamp.subscription.get" -> get(arguments, answer);
            case "wamp.subscription.list_subscribers" ->
                members(arguments, answer, found -> MetaAnswer.of(found.sessions()));
            case "wamp.subscription.count_subscribers" ->
                members(
                        arguments,
                        answer,
                        found -> MetaAnswer.of((long) found.sessions().size()));
            case "wamp.subscription.remove_subscriber" -> answer.accept(remove(arguments));
            default -> {
                return false;
            }
        }
        return true;
    }

    EventHistoryApi histories() {
        return histories;
    }

    MemberQuestions questions() {
        return questions;
    }

    private MetaAnswer list() {
        if (table.size() > MetaAnswer.MOST_IDS) {
            return MetaAnswer.TOO_MANY_IDS;
        }
        Map<MatchPolicy, List<Long>> lists = EntryDict.lists();
        table.forEachSubscription(one ->
                lists.computeIfAbsent(one.match(), none -> new ArrayList<>()).add(one.id()));
        return MetaAnswer.of(EntryDict.byText(lists));
    }

    private MetaAnswer lookup(MetaArguments arguments) {
        String topic = arguments.text(0);
        MatchPolicy match = arguments.match(1);
        if (topic == null) {
            return MetaAnswer.invalid("topic is no string");
        }
        if (match == null) {
            return MetaAnswer.invalid("options.match is no match policy");
        }
        Subscription found = table.find(match, topic);
        return MetaAnswer.ofNullable(found == null ? null : found.id());
    }

    private MetaAnswer match(MetaArguments arguments) {
        String topic = arguments.text(0);
        if (topic == null) {
            return MetaAnswer.invalid("topic is no string");
        }
        table.match(topic, matches);
        List<Long> ids = new ArrayList<>(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            ids.add(matches.get(i).id());
        }
        matches.clear();
        return MetaAnswer.ofNullable(ids.isEmpty() ? null : ids);
    }

    private void get(MetaArguments arguments, Consumer<MetaAnswer> answer) {
        Subscription subscription = subscription(arguments, answer);
        if (subscription != null) {
            questions.ask(false, subscription.id(), subscription.everyLane(), found -> {
                long created = found == null || found.created() == 0 ? subscription.created() : found.created();
                answer.accept(MetaAnswer.of(EntryDict.of(subscription, created)));
            });
        }
    }

    private void members(MetaArguments arguments, Consumer<MetaAnswer> answer, Function<Members, MetaAnswer> answered) {
        Subscription subscription = subscription(arguments, answer);
        if (subscription != null) {
            questions.ask(
                    false,
                    subscription.id(),
                    subscription.everyLane(),
                    found -> answer.accept(found == null ? MetaAnswer.UNANSWERED : answered.apply(found)));
        }
    }

    private @Nullable Subscription subscription(MetaArguments arguments, Consumer<MetaAnswer> answer) {
        Long id = arguments.id(0);
        Subscription found = id == null ? null : table.byId(id);
        if (id == null) {
            answer.accept(MetaAnswer.invalid("subscription is no id"));
        } else if (found == null) {
            answer.accept(none(id));
        }
        return found;
    }

    private static MetaAnswer none(long id) {
        return new MetaAnswer.Refused(WampError.NO_SUCH_SUBSCRIPTION, "nobody holds subscription " + id);
    }

    private MetaAnswer remove(MetaArguments arguments) {
        if (!access.mayKill()) {
            return MetaAnswer.READ_ONLY;
        }
        Long id = arguments.id(0);
        Long session = arguments.id(1);
        if (id == null || session == null) {
            return MetaAnswer.invalid("subscription or subscriber is no id");
        }
        if (table.byId(id) == null) {
            return none(id);
        }
        SessionEntry subscriber = sessions.get(session);
        if (subscriber == null) {
            return SessionMetaApi.noSuchSession(session);
        }
        subscriber
                .lane()
                .send(new RoutedRevocation(realm, subscriber.loop(), session, false, id, arguments.reason(2)), lane);
        return new MetaAnswer.Values(List.of());
    }
}
