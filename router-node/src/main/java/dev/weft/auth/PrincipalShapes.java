package dev.weft.auth;

import dev.weft.auth.credential.Crypto;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What principals look like, and which part of them does so. Names that nobody has are given these shapes in the same parts, as
 * near as powers of two come: so that a name whose shape is rare need not be one that nobody has. Immutable.
 */
final class PrincipalShapes {
    /** Has to get one before one can be picked. */
    static final PrincipalShapes NONE = new PrincipalShapes(Map.of());

    private static final int MOST_LEARNED = 64;

    /** Makes a number from 0 to 1, without either end, of the highest 53 bits. */
    private static final double UNIT = 0x1p-53;

    /**
     * One shape.
     *
     * @param hash of what it looks like
     * @param count how many look so
     */
    private record Shape(Principal template, long hash, long count) {}

    /** A shape and which part looks so, in relation to the most frequent shape: 1, 1/2, 1/4... */
    private record Weighted(Shape shape, double weight) {}

    private final Map<String, Shape> shapes;
    private final List<Weighted> weighted;

    private PrincipalShapes(Map<String, Shape> shapes) {
        this.shapes = Map.copyOf(shapes);
        long most = shapes.values().stream().mapToLong(Shape::count).max().orElse(1);
        this.weighted = shapes.values().stream()
                .map(shape -> new Weighted(shape, weight(shape.count, most)))
                .toList();
    }

    /** Of these principals; there has to be one. */
    static PrincipalShapes of(Collection<Principal> principals) {
        Map<String, Shape> shapes = new HashMap<>();
        principals.forEach(principal -> count(shapes, principal));
        return new PrincipalShapes(shapes);
    }

    /** Those of one principal more. It is not counted if there are too many shapes already. */
    PrincipalShapes with(Principal principal) {
        Map<String, Shape> more = new HashMap<>(shapes);
        count(more, principal);
        return more.size() > MOST_LEARNED ? this : new PrincipalShapes(more);
    }

    private static void count(Map<String, Shape> shapes, Principal principal) {
        String text = principal.shape();
        Shape before = shapes.get(text);
        shapes.put(
                text,
                before == null
                        ? new Shape(
                                principal,
                                ByteBuffer.wrap(Crypto.sha256(Crypto.utf8(text)))
                                        .getLong(),
                                1)
                        : new Shape(before.template, before.hash, before.count + 1));
    }

    /** The power of two that is nearest to the ratio. One principal more seldom changes it. */
    private static double weight(long count, long most) {
        double halvings = StrictMath.log((double) most / count) / StrictMath.log(2);
        return Math.scalb(1.0, -(int) Math.round(halvings));
    }

    /**
     * One of each shape, for a name. Each shape draws a number by the name and itself, weighed, and the lowest wins ("weighted
     * rendezvous hashing"): only those names get another whose shape has become rarer, or that a more frequent one takes.
     *
     * @param seed of the name
     */
    Principal pick(byte[] seed) {
        long name = ByteBuffer.wrap(Crypto.hmac(seed, "shape")).getLong();
        Shape best = weighted.get(0).shape;
        double lowest = Double.POSITIVE_INFINITY;
        for (Weighted one : weighted) {
            double drawn = ((mixed(name ^ one.shape.hash) >>> 11) + 0.5) * UNIT;
            double score = -StrictMath.log(drawn) / one.weight;
            if (score < lowest) {
                lowest = score;
                best = one.shape;
            }
        }
        return best.template;
    }

    /** Each bit depends on each (the finalizer of SplitMix64). */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
