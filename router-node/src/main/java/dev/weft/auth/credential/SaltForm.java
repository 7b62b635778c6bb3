package dev.weft.auth.credential;

import java.util.List;

/**
 * What can be seen of a salt that is a text: which characters it is made of, which it has at fixed places, how long it is, and
 * whether it is whole octets in base64.
 *
 * @param frame the salt with a digit for each character that is drawn; the others, as the dashes of a UUID, stay
 * @param octets whether the last character has only bits of octets that are there
 */
record SaltForm(Alphabet alphabet, String frame, boolean octets) {
    /** Tried so often to find a salt of the form: of the shortest ones few are. */
    private static final int MOST_TRIES = 100;

    private static final List<Alphabet> ALPHABETS = List.of(Alphabet.values());
    private static final char DRAWN = '0';
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";

    /** Of what salts are made; the first that has all characters of a salt is its own. */
    enum Alphabet {
        DECIMAL(DIGITS),
        LOWER_HEX(DIGITS + "abcdef"),
        UPPER_HEX(DIGITS + "ABCDEF"),
        LOWER_CASE(DIGITS + LOWER),
        UPPER_CASE(DIGITS + UPPER),
        /** In the order of base64, as the next two. */
        BOTH_CASES(UPPER + LOWER + DIGITS),
        BASE64(UPPER + LOWER + DIGITS + "+/"),
        URL_SAFE(UPPER + LOWER + DIGITS + "-_");

        private final String characters;

        Alphabet(String characters) {
            this.characters = characters;
        }

        boolean has(char c) {
            return characters.indexOf(c) >= 0;
        }

        /** Whether a text in it may be base64; hexadecimal is not taken for that. */
        boolean isOfBase64() {
            return compareTo(BOTH_CASES) >= 0;
        }
    }

    static SaltForm of(String salt) {
        int length = salt.length() - padding(salt);
        String body = salt.substring(0, length);
        Alphabet plain = narrowest(body, true);
        Alphabet alphabet = plain.isOfBase64() ? narrowest(body, false) : plain;
        StringBuilder frame = new StringBuilder(salt);
        boolean framed = false;
        for (int i = 0; i < length; i++) {
            if (alphabet.has(salt.charAt(i))) {
                frame.setCharAt(i, DRAWN);
            } else {
                framed = true;
            }
        }
        return new SaltForm(alphabet, frame.toString(), alphabet.isOfBase64() && !framed && isOctets(body));
    }

    /** How many characters at the end fill up base64. */
    private static int padding(String salt) {
        return salt.endsWith("==") ? 2 : salt.endsWith("=") ? 1 : 0;
    }

    /**
     * The first that has all characters; letters and digits for a text that none has all of.
     *
     * @param partly whether only letters and digits count
     */
    private static Alphabet narrowest(String text, boolean partly) {
        for (Alphabet alphabet : ALPHABETS) {
            int i = 0;
            while (i < text.length()
                    && (alphabet.has(text.charAt(i)) || (partly && !Alphabet.BOTH_CASES.has(text.charAt(i))))) {
                i++;
            }
            if (i == text.length()) {
                return alphabet;
            }
        }
        return Alphabet.BOTH_CASES;
    }

    /** Whether the text is the canonical base64 of some octets (RFC 4648, section 3.5), its padding aside. */
    private static boolean isOctets(String text) {
        int step = lastStep(text.length());
        return step > 0 && Alphabet.BASE64.characters.indexOf(normal(text.charAt(text.length() - 1))) % step == 0;
    }

    private static char normal(char c) {
        return c == '-' ? '+' : c == '_' ? '/' : c;
    }

    /** Only each so many-th character can be the last of base64 that is that long; 0 if none can. */
    private static int lastStep(int length) {
        return length == 0
                ? 0
                : switch (length % 4) {
                    case 0 -> 1;
                    case 1 -> 0;
                    case 2 -> 16;
                    default -> 4;
                };
    }

    /** A salt of this form, drawn from the seed: the same for the same seed. */
    String drawn(byte[] seed) {
        String salt = frame;
        for (int i = 0; i < MOST_TRIES; i++) {
            salt = attempt(Crypto.hmac(seed, "wampcra salt " + i));
            if (of(salt).equals(this)) {
                return salt;
            }
        }
        return salt;
    }

    private String attempt(byte[] seed) {
        byte[] random = Crypto.expand(seed, 2 * frame.length());
        StringBuilder salt = new StringBuilder(frame);
        int last = frame.lastIndexOf(DRAWN);
        for (int i = 0; i <= last; i++) {
            if (frame.charAt(i) == DRAWN) {
                int step = i == last && octets ? lastStep(last + 1) : 1;
                int number = (Byte.toUnsignedInt(random[2 * i]) << Byte.SIZE) | Byte.toUnsignedInt(random[2 * i + 1]);
                int choices = (alphabet.characters.length() + step - 1) / step;
                salt.setCharAt(i, alphabet.characters.charAt((number % choices) * step));
            }
        }
        return salt.toString();
    }
}
