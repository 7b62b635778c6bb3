package dev.weft.wamp.codec.json;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.codec.token.TokenReader;
import dev.weft.wamp.codec.token.Utf8;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The strings of JSON: finding their end, resolving their escapes, and the convention for binary. */
final class JsonStrings {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final int FIRST_SCRATCH = 64;
    private static final int ESCAPE_LENGTH = 6;
    private static final int REPLACEMENT = 0xfffd;

    private boolean escaped;
    private byte[] text = new byte[FIRST_SCRATCH];
    private int textLength;

    /** Lets go of scratch space beyond {@code kept} bytes. */
    void release(int kept) {
        if (text.length > kept) {
            text = new byte[FIRST_SCRATCH];
        }
    }

    /** Whether the string scanned last has escapes. */
    boolean escaped() {
        return escaped;
    }

    /** The UTF-8 of the string unescaped last. */
    byte[] text() {
        return text;
    }

    int textLength() {
        return textLength;
    }

    /**
     * Checks a string from the byte after its opening quote and returns the position after its closing quote.
     *
     * @param reader says where a fault is
     */
    int scan(TokenReader reader, byte[] bytes, int from, int end) throws ProtocolViolation {
        escaped = false;
        int at = from;
        while (true) {
            at = skipPlain(bytes, at, end);
            if (at >= end) {
                throw reader.violation("a string without an end");
            }
            byte next = bytes[at];
            if (next == '"') {
                return at + 1;
            }
            int length = next == '\\' ? escapeLength(bytes, at, end) : next < 0 ? Utf8.sequence(bytes, at, end) : 0;
            if (length == 0) {
                throw reader.violation(
                        next == '\\'
                                ? "an escape that JSON does not have"
                                : next < 0 ? "a string is not UTF-8" : "a control character in a string");
            }
            escaped |= next == '\\';
            at += length;
        }
    }

    /** The first byte from {@code from} that is not a plain ASCII character. */
    private static int skipPlain(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = Utf8.word(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // The usual tests for bytes that are zero or less than a space; bytes above 0x7f are caught as they are.
            long special =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word) | word)
                            & HIGH_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static int escapeLength(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hex(bytes, at, end) < 0 ? 0 : ESCAPE_LENGTH;
            default -> 0;
        };
    }

    /** The UTF-16 unit of the escape at {@code at}; negative if there is none. */
    private static int hex(byte[] bytes, int at, int end) {
        if (at + ESCAPE_LENGTH > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /**
     * Makes the text of a string that was scanned before.
     *
     * @return false if it has a surrogate without the other half, for which U+FFFD stands in the text
     */
    boolean unescape(byte[] bytes, int from, int to) {
        if (text.length < to - from) {
            text = new byte[Math.max(to - from, text.length * 2)];
        }
        boolean whole = true;
        int out = 0;
        int at = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                text[out++] = bytes[at++];
            } else if (bytes[at + 1] != 'u') {
                text[out++] = plainEscape(bytes[at + 1]);
                at += 2;
            } else {
                int codePoint = codePoint(bytes, at, to);
                at += codePoint > 0xffff ? 2 * ESCAPE_LENGTH : ESCAPE_LENGTH;
                boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
                whole &= !half;
                out = Utf8.put(half ? REPLACEMENT : codePoint, text, out);
            }
        }
        textLength = out;
        return whole;
    }

    private static int codePoint(byte[] bytes, int at, int to) {
        int unit = hex(bytes, at, to);
        if (unit < Character.MIN_HIGH_SURROGATE || unit > Character.MAX_HIGH_SURROGATE) {
            return unit;
        }
        int low = hex(bytes, at + ESCAPE_LENGTH, to);
        if (low < Character.MIN_LOW_SURROGATE || low > Character.MAX_LOW_SURROGATE) {
            return unit;
        }
        return Character.toCodePoint((char) unit, (char) low);
    }

    private static byte plainEscape(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /**
     * The binary that the text unescaped last stands for by the convention of the WAMP specification, "Binary conversion
     * of JSON Strings": U+0000 and then base64. Null if it is an ordinary string.
     */
    byte @Nullable [] binary() {
        if (textLength == 0 || text[0] != 0 || (textLength & 3) != 1) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(text, 1, textLength));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
