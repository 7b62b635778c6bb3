package dev.weft.wamp.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Values that a payload can hold, drawn from a seed, with the edges of every range more often than chance would. */
final class RandomValues {
    private static final long[] EDGES = {
        0,
        1,
        -1,
        23,
        24,
        31,
        32,
        -32,
        -33,
        127,
        128,
        -128,
        -129,
        255,
        256,
        32767,
        -32769,
        65535,
        65536,
        1L << 31,
        -(1L << 31),
        (1L << 32) - 1,
        1L << 32,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final double[] FLOATS = {
        0.0,
        -0.0,
        1.0,
        0.1,
        1e300,
        -1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        1 << 24
    };
    private static final int[] CODE_POINTS = {
        'a', '"', '\\', '/', '\n', 1, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff
    };
    private static final int[] LENGTHS = {0, 1, 7, 8, 9, 15, 16, 23, 24, 31, 32, 33, 255, 256};

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int left = size(); left > 0; left--) {
            list.add(value(depth - 1));
        }
        return list;
    }

    Map<String, Object> dict(int depth) {
        Map<String, Object> dict = new LinkedHashMap<>();
        for (int left = size(); left > 0; left--) {
            dict.put(string(), value(depth - 1));
        }
        return dict;
    }

    /** Mostly few; sometimes more than a short form of a list can count. */
    private int size() {
        return random.nextInt(20) == 0 ? 14 + random.nextInt(12) : random.nextInt(4);
    }

    Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> integer();
            case 3 -> bigInteger();
            case 4 -> floating();
            case 5 -> string();
            case 6 -> binary();
            case 7 -> list(depth);
            default -> dict(depth);
        };
    }

    private long integer() {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong() >> random.nextInt(64);
    }

    private Object bigInteger() {
        BigInteger value = new BigInteger(1 + random.nextInt(130), random);
        BigInteger signed = random.nextBoolean() ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
    }

    private double floating() {
        return random.nextBoolean() ? FLOATS[random.nextInt(FLOATS.length)] : random.nextGaussian();
    }

    /** A string that does not begin with U+0000, which JSON cannot tell from binary. */
    String string() {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int left = LENGTHS[random.nextInt(LENGTHS.length)]; left > 0; left--) {
            text.appendCodePoint(plain ? 'a' + random.nextInt(26) : CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    private byte[] binary() {
        byte[] bytes = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A text that is the same for values that are the same: 1 and 1.0 are not, and the order of keys does not count. */
    static String canonical(Object value) {
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(element -> texts.add(canonical(element)));
            return texts.toString();
        }
        if (value instanceof Map<?, ?> dict) {
            Map<String, String> texts = new TreeMap<>();
            new HashMap<>(dict).forEach((key, element) -> texts.put(key.toString(), canonical(element)));
            return texts.toString();
        }
        if (value instanceof byte[] bytes) {
            return "binary " + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Float || value instanceof Double) {
            return "float " + Double.doubleToLongBits(((Number) value).doubleValue());
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
