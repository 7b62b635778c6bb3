package dev.weft.config;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB)");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

    /** Reads a whole number with a unit, such as {@code 8MiB}; null if the text is anything else. */
    public static @Nullable DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int exponent = 10 * UNITS.indexOf(matcher.group(2));
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(exponent);
        return bytes.bitLength() < Long.SIZE ? new DataSize(bytes.longValue()) : null;
    }

    /** As an int, for buffers; the largest int if it does not fit. */
    public int toInt() {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        int unit = 0;
        long value = bytes;
        while (unit < UNITS.size() - 1 && value > 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + UNITS.get(unit);
    }
}
