package dev.weft.bench;

import dev.weft.broker.SubscriptionTable;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.MatchPolicy;
import java.util.function.Consumer;

/** A cluster of one node that grants every subscription at once. */
final class GrantingDirectory implements TableDirectory {
    private final SubscriptionTable table;
    private long ids;

    GrantingDirectory(SubscriptionTable table) {
        this.table = table;
    }

    @Override
    public void addInterest(
            String realm, MatchPolicy match, String topic, LocalLane lane, Consumer<TableAnswer> answer) {
        long id = ++ids;
        table.add(match, topic, id, lane);
        answer.accept(new TableAnswer.Granted(id));
    }

    @Override
    public void removeInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Runnable done) {
        throw new UnsupportedOperationException("no benchmark unsubscribes");
    }

    @Override
    public void addCallee(CalleeClaim claim, LocalLane lane, Consumer<TableAnswer> answer) {
        throw new UnsupportedOperationException("no benchmark registers");
    }

    @Override
    public void removeCallee(CalleeClaim claim, long registration, LocalLane lane, Runnable done) {
        throw new UnsupportedOperationException("no benchmark registers");
    }
}
