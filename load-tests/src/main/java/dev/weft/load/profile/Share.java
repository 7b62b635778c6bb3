package dev.weft.load.profile;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who used the CPU: each sample belongs to one. */
public enum Share {
    SENDING("kernel: sending"),
    RECEIVING("kernel: receiving"),
    WAITING("kernel: waiting for sockets"),
    WAKING("kernel: waking other threads"),
    KERNEL("kernel: anything else"),
    WEFT("Weft, and what it calls in the JDK"),
    NETTY("Netty and Vert.x, and what they call in the JDK"),
    JVM("the JVM itself: garbage collection, compilation, and other threads");

    private final String title;

    Share(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** How much of all samples each has, from 0 to 1. */
    public static Map<Share, Double> of(Stacks stacks) {
        Map<Share, Double> shares = new EnumMap<>(Share.class);
        for (Share share : values()) {
            shares.put(share, 0.0);
        }
        for (Stacks.Stack stack : stacks.all()) {
            shares.merge(of(stack.frames()), (double) stack.samples() / stacks.samples(), Double::sum);
        }
        return shares;
    }

    private static Share of(List<String> frames) {
        if (Stacks.isOfKernel(frames.get(frames.size() - 1))) {
            return ofKernel(frames);
        }
        for (int i = frames.size() - 1; i >= 0; i--) {
            String frame = frames.get(i);
            if (frame.startsWith("dev/weft/")) {
                return WEFT;
            }
            if (frame.startsWith("io/netty/") || frame.startsWith("io/vertx/")) {
                return NETTY;
            }
        }
        return JVM;
    }

    private static Share ofKernel(List<String> frames) {
        for (String frame : frames) {
            if (frame.contains("sys_send") || frame.contains("writev")) {
                return SENDING;
            }
            if (frame.contains("sys_recv")) {
                return RECEIVING;
            }
            if (frame.contains("sys_epoll_")) {
                return WAITING;
            }
            if (frame.contains("sys_write") || frame.contains("sys_futex")) {
                return WAKING;
            }
        }
        return KERNEL;
    }
}
