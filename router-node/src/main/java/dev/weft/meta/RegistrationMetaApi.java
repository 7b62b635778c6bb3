package dev.weft.meta;

import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.Registration;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedRevocation;
import dev.weft.uri.Matches;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The registration meta procedures of one realm on one event loop ("Registration Meta API"). What they tell is in the
 * mirror of this node. Belongs to its event loop.
 */
public final class RegistrationMetaApi {
    private final String realm;
    private final MetaAccess access;
    private final RegistrationTable table;
    private final LocalLane lane;
    private final MemberQuestions questions;
    private final Matches<Registration> scratch = new Matches<>();

    /** @param subscriptions asks others on the same event loop */
    public RegistrationMetaApi(
            String realm,
            MetaAccess access,
            RegistrationTable table,
            SubscriptionMetaApi subscriptions,
            LocalLane lane) {
        this.realm = realm;
        this.access = access;
        this.table = table;
        this.lane = lane;
        this.questions = subscriptions.questions();
    }

    /** Whether it is one of these procedures; then {@code answer} is called once. */
    boolean serve(String procedure, MetaArguments arguments, Consumer<MetaAnswer> answer) {
        if (!access.mayRead()) {
            return false;
        }
        switch (procedure) {
            case "wamp.registration.list" -> answer.accept(list());
            case "wamp.registration.lookup" -> answer.accept(lookup(arguments));
            case "wamp.registration.match" -> answer.accept(match(arguments));
            case "wamp.registration.get" -> get(arguments, answer);
            case "wamp.registration.list_callees" ->
                answer.accept(of(
                        arguments,
                        found -> MetaAnswer.of(found.everyCallee().stream()
                                .map(CalleeEntry::session)
                                .toList())));
            case "wamp.registration.count_callees" ->
                answer.accept(of(
                        arguments,
                        found -> MetaAnswer.of((long) found.everyCallee().size())));
            case "wamp.registration.remove_callee" -> answer.accept(remove(arguments));
            default -> {
                return false;
            }
        }
        return true;
    }

    private MetaAnswer list() {
        if (table.size() > MetaAnswer.MOST_IDS) {
            return MetaAnswer.TOO_MANY_IDS;
        }
        Map<MatchPolicy, List<Long>> lists = EntryDict.lists();
        table.forEachRegistration(one ->
                lists.computeIfAbsent(one.match(), none -> new ArrayList<>()).add(one.id()));
        return MetaAnswer.of(EntryDict.byText(lists));
    }

    private MetaAnswer lookup(MetaArguments arguments) {
        String procedure = arguments.text(0);
        MatchPolicy match = arguments.match(1);
        if (procedure == null) {
            return MetaAnswer.invalid("procedure is no string");
        }
        if (match == null) {
            return MetaAnswer.invalid("options.match is no match policy");
        }
        Registration found = table.find(match, procedure);
        return MetaAnswer.ofNullable(found == null ? null : found.id());
    }

    private MetaAnswer match(MetaArguments arguments) {
        String procedure = arguments.text(0);
        if (procedure == null) {
            return MetaAnswer.invalid("procedure is no string");
        }
        Registration found = table.match(procedure, scratch);
        scratch.clear();
        return MetaAnswer.ofNullable(found == null ? null : found.id());
    }

    private MetaAnswer of(MetaArguments arguments, Function<Registration, MetaAnswer> answer) {
        Long id = arguments.id(0);
        if (id == null) {
            return MetaAnswer.invalid("registration is no id");
        }
        Registration found = table.byId(id);
        return found == null ? none(id) : answer.apply(found);
    }

    private static MetaAnswer none(long id) {
        return new MetaAnswer.Refused(WampError.NO_SUCH_REGISTRATION, "nobody holds registration " + id);
    }

    /** When it was created is asked of the nodes that have callees, so that it is the same for all who ask. */
    private void get(MetaArguments arguments, Consumer<MetaAnswer> answer) {
        Long id = arguments.id(0);
        Registration found = id == null ? null : table.byId(id);
        InvocationPolicy invoke = found == null ? null : found.invoke();
        if (found == null || invoke == null) {
            answer.accept(of(arguments, gone -> none(gone.id())));
            return;
        }
        Set<Lane> lanes = new LinkedHashSet<>();
        found.everyCallee().forEach(callee -> lanes.add(callee.lane() instanceof LocalLane ? lane : callee.lane()));
        questions.ask(true, found.id(), lanes, told -> {
            long created = told == null || told.created() == 0 ? found.created() : told.created();
            answer.accept(MetaAnswer.of(EntryDict.of(found, invoke, created)));
        });
    }

    private MetaAnswer remove(MetaArguments arguments) {
        if (!access.mayKill()) {
            return MetaAnswer.READ_ONLY;
        }
        Long session = arguments.id(1);
        if (session == null) {
            return MetaAnswer.invalid("callee is no id");
        }
        return of(arguments, found -> {
            for (CalleeEntry callee : found.everyCallee()) {
                if (callee.session() == session) {
                    callee.lane()
                            .send(
                                    new RoutedRevocation(
                                            realm, callee.loop(), session, true, found.id(), arguments.reason(2)),
                                    lane);
                    return new MetaAnswer.Values(List.of());
                }
            }
            return SessionMetaApi.noSuchSession(session);
        });
    }
}
