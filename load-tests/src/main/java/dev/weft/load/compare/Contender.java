package dev.weft.load.compare;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Somebody who takes part. */
public interface Contender {
    /** By which it is chosen, and in the page. */
    String name();

    /** Whether it is a WAMP router. */
    default boolean speaksWamp() {
        return true;
    }

    default Set<Door> doors() {
        return EnumSet.allOf(Door.class);
    }

    /** How many nodes it can be made of. */
    default int mostNodes() {
        return 1;
    }

    /**
     * Gets and builds what is missing.
     *
     * @return its version, for the page
     * @throws Unavailable it cannot be had here
     */
    String install() throws Unavailable, IOException, InterruptedException;

    /** Returns when all nodes take connections. */
    Running start(int nodes) throws Unavailable, IOException, InterruptedException;
}
