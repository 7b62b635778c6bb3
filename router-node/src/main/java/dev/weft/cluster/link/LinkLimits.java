package dev.weft.cluster.link;

/**
 * How much memory a link may take.
 *
 * @param queuedBytes what waits to be sent, roughly; a link with more is closed
 * @param replayBytes what was sent and is not acknowledged; a link with more sends nothing further until it is
 * @param frameBytes the longest frame sent or accepted, without its length; more than any client's message may have
 */
public record LinkLimits(long queuedBytes, long replayBytes, int frameBytes) {
    private static final int MIB = 1024 * 1024;

    public static final LinkLimits DEFAULT = new LinkLimits(64L * MIB, 8L * MIB, 32 * MIB);
}
