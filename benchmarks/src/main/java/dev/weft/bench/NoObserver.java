package dev.weft.bench;

import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.Registration;
import dev.weft.dealer.RegistrationObserver;

/** Nobody wants to know of registrations. */
final class NoObserver implements RegistrationObserver {
    @Override
    public void added(Registration registration, CalleeEntry callee, boolean first) {}

    @Override
    public void removed(Registration registration, CalleeEntry callee, boolean last) {}
}
