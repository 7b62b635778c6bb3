package dev.weft.directory;

import java.util.concurrent.CompletionStage;

/**
 * Which realms there are of those that are made on demand, on all nodes, so that no two nodes make one more than there may be. Never
 * blocks; stages complete on any thread, exceptionally if it is unknown what came of it. Thread-safe.
 */
public interface RealmDirectory {
    /**
     * This node makes its part of a realm. Claimed once until it is released.
     *
     * @param kind what the realm is one of
     * @param most realms of this kind there may be; one that another node has is there already
     * @return false if there are so many
     */
    CompletionStage<Boolean> claim(String kind, String realm, int most);

    /** This node has no part of the realm any more. */
    void release(String kind, String realm);
}
