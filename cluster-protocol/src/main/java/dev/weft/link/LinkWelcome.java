package dev.weft.link;

/**
 * The proof of the other side was right. In version 1 the connecting side's last word. In version 2 the accepting side
 * says it first, right after its own proof, and the connecting side answers.
 *
 * @param resumed whether the link that the connecting side named goes on; else the connection is a new one
 * @param handled how many numbered frames of that link the sender has handled; 0 for a new link
 */
public record LinkWelcome(boolean resumed, long handled) implements LinkHandshake {
    /** To a new link. */
    public LinkWelcome() {
        this(false, 0);
    }
}
