package dev.weft.link;

/** Why a node ends a link. The order of the constants is their number in the frame. */
public enum GoodbyeReason {
    /** A reason that this version of the protocol does not know. */
    OTHER,
    /** The node shuts down. */
    LEAVING,
    /** The node that receives this is no member of the cluster any more in the eyes of the sender. */
    FORGOTTEN,
    /** Another connection between the two nodes takes the place of this one. */
    REPLACED,
    /** What was received is no frame. */
    VIOLATION,
    /** The sender failed to handle what it received. */
    FAILURE,
    /** The receiver did not acknowledge a change of the tables in time; it is told everything anew over the next link. */
    FENCED;

    private static final GoodbyeReason[] ALL = values();

    static GoodbyeReason of(int code) {
        return code < ALL.length ? ALL[code] : OTHER;
    }
}
