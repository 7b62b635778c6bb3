package dev.weft.cluster.table;

final class LocalRetainedStoreTest implements RetainedStoreContract {
    private final LocalRetainedStore store = new LocalRetainedStore();

    @Override
    public RetainedStore here() {
        return store;
    }

    @Override
    public RetainedStore there() {
        return store;
    }

    @Override
    public String realm() {
        return "realm1";
    }
}
