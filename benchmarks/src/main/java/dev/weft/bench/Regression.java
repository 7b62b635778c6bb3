package dev.weft.bench;

/**
 * A benchmark that costs more than was accepted.
 *
 * @param name with its parameters
 * @param worse what is worse, in words
 */
record Regression(String name, String worse) {
    /** Such as {@code CodecBenchmark.decode}. */
    String method() {
        return Measured.method(name);
    }

    @Override
    public String toString() {
        return name + " " + worse;
    }
}
