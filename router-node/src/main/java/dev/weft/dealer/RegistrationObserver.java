package dev.weft.dealer;

/**
 * Is told what becomes of the registrations of one realm, in the order of the changes, after each is visible. Called
 * while changes are locked, on the thread of whoever speaks for the callee: must be quick, and must not change them.
 */
public interface RegistrationObserver {
    /** @param first whether nobody had registered the procedure before */
    void added(Registration registration, CalleeEntry callee, boolean first);

    /** @param last whether nobody is left */
    void removed(Registration registration, CalleeEntry callee, boolean last);
}
