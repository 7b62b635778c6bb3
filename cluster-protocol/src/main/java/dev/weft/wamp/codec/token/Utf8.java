package dev.weft.wamp.codec.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF. */
public final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int REPLACEMENT = 0xfffd;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Eight bytes as one number, the first byte lowest; the caller knows that they are there. */
    public static long word(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    public static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && (word(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            } else if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequence(bytes, at, to);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** The length of the well-formed sequence of two to four bytes that begins at {@code at}; 0 if there is none. */
    public static int sequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (to - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        if (second < lowestSecond(lead) || second > highestSecond(lead)) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    }

    /** Writes one code point, which is no surrogate, and returns the position after it. */
    public static int put(int codePoint, byte[] out, int at) {
        int next = at;
        if (codePoint < 0x80) {
            out[next++] = (byte) codePoint;
            return next;
        }
        if (codePoint < 0x800) {
            out[next++] = (byte) (0xc0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                out[next++] = (byte) (0xe0 | codePoint >> 12);
            } else {
                out[next++] = (byte) (0xf0 | codePoint >> 18);
                out[next++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            }
            out[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        }
        out[next++] = (byte) (0x80 | (codePoint & 0x3f));
        return next;
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The UTF-8 of a string, with U+FFFD for each half of a surrogate pair that stands alone. */
    public static byte[] bytes(String text) {
        String whole = hasLoneSurrogate(text) ? replaceLoneSurrogates(text) : text;
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().anyMatch(Utf8::isSurrogate);
            }
        }
        return false;
    }

    private static String replaceLoneSurrogates(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(isSurrogate(point) ? REPLACEMENT : point));
        return whole.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
