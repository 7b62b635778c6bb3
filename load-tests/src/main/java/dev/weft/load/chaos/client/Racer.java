package dev.weft.load.chaos.client;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MessageType;
import java.util.SplittableRandom;

/** Registers what all the other racers register at the same moment; whoever is granted it keeps it for a while. */
final class Racer extends Actor {
    private static final int LONG_HOLD = 8;

    private boolean busy;
    private boolean holding;
    private long held;

    Racer(Stage stage, int home, SplittableRandom random) {
        super(stage, home, random);
    }

    @Override
    void joined(Session joined) {
        busy = false;
        holding = false;
    }

    /** Told to all racers at once. */
    void race(String procedure) {
        Session session = session();
        if (session != null && !busy) {
            busy = true;
            session.register(procedure, InvocationPolicy.SINGLE);
        }
    }

    @Override
    public void registered(long request, long registration) {
        held = registration;
        holding = true;
        if (random().nextInt(LONG_HOLD) == 0) {
            after(5_000, 15_000, () -> release(registration));
        } else {
            after(10, 1_000, () -> release(registration));
        }
    }

    @Override
    public void refused(long request, MessageType type, String error) {
        busy = holding;
    }

    @Override
    public void unregistered(long request) {
        busy = false;
    }

    @Override
    public void revoked(long registration) {
        if (holding && registration == held) {
            holding = false;
            busy = false;
        }
    }

    private void release(long registration) {
        Session session = session();
        if (session != null && holding && registration == held) {
            holding = false;
            session.unregister(registration);
        }
    }
}
