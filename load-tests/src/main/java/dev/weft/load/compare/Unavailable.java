package dev.weft.load.compare;

/** Somebody cannot take part, for the reason in the message. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }
}
