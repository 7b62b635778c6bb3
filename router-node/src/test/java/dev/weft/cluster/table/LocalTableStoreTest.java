package dev.weft.cluster.table;

import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

final class LocalTableStoreTest implements TableStoreContract {
    private final AtomicInteger keys = new AtomicInteger();
    private final LocalTableStore store = new LocalTableStore();

    @Override
    public TableStore here() {
        return store;
    }

    @Override
    public TableStore there() {
        return store;
    }

    @Override
    public @Nullable InterestHolders interestIn(TableKey key) {
        return store.interestIn(key);
    }

    @Override
    public @Nullable CalleeRoster calleesOf(TableKey key) {
        return store.calleesOf(key);
    }

    @Override
    public TableKey freshKey() {
        return new TableKey("realm1", MatchPolicy.EXACT, "com.example.key" + keys.incrementAndGet());
    }
}
