package dev.weft.link;

/** A range of protocol versions, both ends included. */
public record LinkVersions(int lowest, int highest) {
    /** What this code speaks. */
    public static final LinkVersions SPOKEN = new LinkVersions(1, 5);

    /** Both speak none in common. */
    public static final int NONE = 0;

    /** The highest version that both speak, or {@link #NONE}. */
    public int common(LinkVersions other) {
        int version = Math.min(highest, other.highest);
        return version >= Math.max(lowest, other.lowest) ? version : NONE;
    }
}
