package dev.weft.meta;

/** How much of the meta API the clients of a realm have. Testaments are the client's own affair and always there. */
public enum MetaAccess {
    /** None: nobody learns of another session. */
    OFF,
    /** What tells: meta events, and the procedures that count, list and describe. */
    READ,
    /** What ends sessions, too. */
    FULL;

    /** Whether clients may learn of other sessions and of registrations. */
    public boolean mayRead() {
        return this != OFF;
    }

    /** Whether clients may end other sessions. */
    public boolean mayKill() {
        return this == FULL;
    }
}
