package dev.weft.cluster.table;

final class LocalHistoryStoreTest implements HistoryStoreContract {
    private final HistoryStore store = new LocalHistoryStore();

    @Override
    public HistoryStore here() {
        return store;
    }

    @Override
    public HistoryStore there() {
        return store;
    }

    @Override
    public String realm() {
        return "realm1";
    }
}
