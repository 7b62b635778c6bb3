package dev.weft.session;

/**
 * What share of what a session sent lately went to those who are behind, by bytes. Belongs to the event loop of the
 * session.
 */
final class RecentRequests {
    /** How far back lately goes, in bytes. */
    private static final int WINDOW = 128 * 1024;

    /** What a request costs beside its payload, roughly. */
    private static final int REQUEST_BYTES = 128;

    private int sent;
    private int toSlow;

    /** Whether most went to those who are behind, this request of {@code bytes} included. */
    boolean isMostlySlow(int bytes, boolean slow) {
        int cost = bytes + REQUEST_BYTES;
        sent += cost;
        toSlow += slow ? cost : 0;
        while (sent > WINDOW) {
            sent /= 2;
            toSlow /= 2;
        }
        return 2 * toSlow > sent;
    }
}
