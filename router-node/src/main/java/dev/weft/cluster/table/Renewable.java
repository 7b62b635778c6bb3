package dev.weft.cluster.table;

/** Something that this node holds and can assert again. Confined to the control thread. */
interface Renewable {
    /**
     * Stores it again, in the term that it is when that is submitted.
     *
     * @param over run once, when that is over: it is stored, or another one excludes it, or it is held no more
     */
    void renew(Runnable over);
}
