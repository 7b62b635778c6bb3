package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.util.Locale;

/** The kinds of faults, in the order of reports. */
public enum FaultKind {
    KILL("kill -9, and a restart"),
    FREEZE("SIGSTOP, and SIGCONT"),
    PAUSES("many short stops, as a garbage collector makes them"),
    LINK_CUT("the connection of a link is reset, and refused for a while"),
    LINK_SILENCE("a link stays open and nothing passes"),
    LINK_RESET("the connection of a link is reset within a frame, again and again"),
    SLOW_LINK("a link with little bandwidth and long delay"),
    PARTITION("two groups of nodes cut off from each other"),
    ONE_WAY("packets from one group to the other are lost, those back are not"),
    RESTART_STORM("several nodes killed and restarted in short order"),
    ROLLING_RESTART("every node stopped by SIGTERM and restarted, one after the other"),
    CLOCK_JUMP("the wall clock of a node jumps, and back");

    private final String what;

    FaultKind(String what) {
        this.what = what;
    }

    public String what() {
        return what;
    }

    /** As it is written on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can be done to this cluster on this machine. */
    public boolean isPossible(Cluster cluster) {
        return switch (this) {
            case PARTITION, ONE_WAY -> cluster.canCut();
            case CLOCK_JUMP -> cluster.canSetClocks();
            default -> true;
        };
    }

    /** What is missing if it is not possible. */
    public String needs() {
        return this == CLOCK_JUMP
                ? "libfaketime (Debian: faketime)"
                : "network namespaces: Linux, ip and nft (Debian: iproute2, nftables), and root or user namespaces";
    }
}
