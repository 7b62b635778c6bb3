package dev.weft.bench;

import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.RegistrationTable;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/** A cluster of one node that grants every subscription and registration at once. */
final class GrantingDirectory implements TableDirectory {
    private static final NodeId NODE = new NodeId("bench", 1);

    private final SubscriptionTable subscriptions;
    private final RegistrationTable registrations;
    private long ids;

    GrantingDirectory(SubscriptionTable subscriptions, RegistrationTable registrations) {
        this.subscriptions = subscriptions;
        this.registrations = registrations;
    }

    @Override
    public void addInterest(
            String realm, MatchPolicy match, String topic, LocalLane lane, Consumer<TableAnswer> answer) {
        long id = ++ids;
        subscriptions.add(match, topic, id, lane);
        answer.accept(new TableAnswer.Granted(id));
    }

    @Override
    public void removeInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Runnable done) {
        throw new UnsupportedOperationException("no benchmark unsubscribes");
    }

    @Override
    public void addCallee(CalleeClaim claim, LocalLane lane, Consumer<TableAnswer> answer) {
        long id = ++ids;
        CalleeEntry callee =
                new CalleeEntry(claim.session(), NODE, lane, lane.index(), id, id, 1, claim.invoke(), claim.traits());
        registrations.add(claim.match(), claim.procedure(), callee);
        answer.accept(new TableAnswer.Granted(id));
    }

    @Override
    public void removeCallee(CalleeClaim claim, long registration, LocalLane lane, Runnable done) {
        throw new UnsupportedOperationException("no benchmark unregisters");
    }
}
