package dev.weft.node.status;

import dev.weft.broker.BrokerTally;
import dev.weft.dealer.CallOutcome;
import dev.weft.dealer.DealerTally;
import dev.weft.dealer.InvocationTally;
import dev.weft.realm.LoopRealm;
import dev.weft.realm.RealmRegistry;
import dev.weft.session.SessionTally;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The realms in figures. */
public final class RealmRows {
    private final Supplier<List<LoopRealm>> loops;
    private final RealmRegistry realms;

    /** @param loops the realms of all event loops */
    public RealmRows(Supplier<List<LoopRealm>> loops, RealmRegistry realms) {
        this.loops = loops;
        this.realms = realms;
    }

    void each(Consumer<Record> rows) {
        List<LoopRealm> all = loops.get();
        realms.forEach((realm, tables) -> {
            List<LoopRealm> here =
                    all.stream().filter(one -> one.uri().equals(realm)).toList();
            rows.accept(new RealmRow(
                    realm,
                    !here.isEmpty(),
                    sum(here, RealmRows::sessions),
                    tables.sessions().size(),
                    tables.subscriptions().size(),
                    tables.registrations().size(),
                    sum(here, RealmRows::callsInFlight),
                    sum(here, RealmRows::invocationsPending),
                    sum(here, one -> one.broker().counters().tallies().get(BrokerTally.PUBLISHED)),
                    sum(here, one -> one.broker().counters().tallies().get(BrokerTally.DELIVERED)),
                    sum(here, one -> one.dealer().counters().tallies().get(DealerTally.CALLED))));
        });
    }

    private static long sum(List<LoopRealm> realms, ToLongFunction<LoopRealm> figure) {
        return realms.stream().mapToLong(figure).sum();
    }

    private static long sessions(LoopRealm realm) {
        long ended = realm.counters().tallies().get(SessionTally.ENDED);
        return realm.counters().tallies().get(SessionTally.OPENED) - ended;
    }

    private static long callsInFlight(LoopRealm realm) {
        long ended = 0;
        for (CallOutcome outcome : CallOutcome.values()) {
            ended += realm.dealer().counters().outcomes().get(outcome);
        }
        return realm.dealer().counters().tallies().get(DealerTally.CALLED) - ended;
    }

    private static long invocationsPending(LoopRealm realm) {
        long ended = realm.invocations().tallies().get(InvocationTally.ENDED);
        return realm.invocations().tallies().get(InvocationTally.INVOKED) - ended;
    }
}
