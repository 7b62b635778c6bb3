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

    /** Whoever feeds the link has to wait when this share of what may wait does. */
    private static final int SOFT_SHARE = 4;

    /** And when the peer has not handled so many bytes: they must find room in the queues of clients that fall behind. */
    private static final long MOST_ON_THE_WAY = 4 * MIB;

    public static final LinkLimits DEFAULT = new LinkLimits(64L * MIB, 8L * MIB, 32 * MIB);

    /**
     * Whether whoever feeds the link has to wait.
     *
     * @param queued bytes that wait to be sent
     * @param unacknowledged bytes that were sent and are not acknowledged
     */
    boolean isCongested(long queued, long unacknowledged) {
        return queued > queuedBytes / SOFT_SHARE || queued + unacknowledged > MOST_ON_THE_WAY;
    }
}
