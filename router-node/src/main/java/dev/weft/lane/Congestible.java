package dev.weft.lane;

/** Something that can be fed faster than it takes. */
@FunctionalInterface
public interface Congestible {
    /** Whether more waits than should: whoever feeds it is not read from until that has changed. Any thread. */
    boolean isCongested();
}
