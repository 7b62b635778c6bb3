package dev.weft.auth.credential;

import java.text.Normalizer;

/**
 * The profile of stringprep for names and passwords (RFC 4013), for texts that are stored: code points that this JDK does
 * not know are refused, too.
 */
public final class SaslPrep {
    /** What is mapped to nothing (RFC 3454, table B.1). */
    private static final String NOTHING =
            "\u00AD\u034F\u1806\u180B\u180C\u180D\u200B\u200C\u200D\u2060\uFE00\uFE01\uFE02"
                    + "\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFEFF";

    private SaslPrep() {}

    /** @throws IllegalArgumentException if the text has characters that are not allowed */
    public static String prepare(String text) {
        StringBuilder mapped = new StringBuilder();
        text.codePoints()
                .filter(c -> NOTHING.indexOf(c) < 0)
                .forEach(c -> mapped.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c));
        String prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        if (prepared.codePoints().anyMatch(SaslPrep::isProhibited)) {
            throw new IllegalArgumentException("has characters that are not allowed in names and passwords");
        }
        if (!isOfOneDirection(prepared)) {
            throw new IllegalArgumentException("mixes scripts that are written from the left and from the right");
        }
        return prepared;
    }

    private static boolean isProhibited(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == '\uFFFC' || c == '\uFFFD' || (c >= 0x2FF0 && c <= 0x2FFB) || c == 0x340 || c == 0x341;
        };
    }

    /** RFC 3454, section 6. */
    private static boolean isOfOneDirection(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isFromTheRight)) {
            return true;
        }
        boolean mixed = text.codePoints()
                .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
        return !mixed && isFromTheRight(text.codePointAt(0)) && isFromTheRight(text.codePointBefore(text.length()));
    }

    private static boolean isFromTheRight(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
