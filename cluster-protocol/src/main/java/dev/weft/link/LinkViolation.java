package dev.weft.link;

/**
 * A peer sent what is no frame. The only exception that decoding throws; after it the connection is of no use. It has no
 * stack trace because it is the peer's fault, not ours.
 */
public final class LinkViolation extends Exception {
    private static final long serialVersionUID = 1L;

    public LinkViolation(String fault) {
        super(fault, null, false, false);
    }
}
