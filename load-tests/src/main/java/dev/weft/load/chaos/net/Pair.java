package dev.weft.load.chaos.net;

/** Two nodes and the link between them. */
public record Pair(int low, int high) {
    public Pair {
        if (low >= high) {
            throw new IllegalArgumentException(low + " is not before " + high);
        }
    }

    public static Pair of(int one, int other) {
        return new Pair(Math.min(one, other), Math.max(one, other));
    }
}
