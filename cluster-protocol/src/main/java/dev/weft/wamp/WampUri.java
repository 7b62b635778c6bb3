package dev.weft.wamp;

/** The rules for URIs (WAMP specification, "URIs"). Allocates nothing. */
public final class WampUri {
    /** The most components a URI may have; a limit of Weft's, which bounds the work of matching. */
    public static final int MAX_COMPONENTS = 32;

    private static final String SPECIFICATION = "wamp";
    private static final String WEFT = "weft";

    private WampUri() {}

    /** As {@link #isValid(String, boolean, MatchPolicy, int)} with {@link #MAX_COMPONENTS}. */
    public static boolean isValid(String uri, boolean strict, MatchPolicy policy) {
        return isValid(uri, strict, policy, MAX_COMPONENTS);
    }

    /**
     * Whether {@code uri} may be used, as a whole.
     *
     * @param strict only a to z, 0 to 9 and {@code _} in components; otherwise all but {@code #} and white space
     * @param policy {@link MatchPolicy#EXACT} for a topic, procedure, realm or error: no component is empty.
     *     {@link MatchPolicy#WILDCARD}: any may be. {@link MatchPolicy#PREFIX}: only the last, so that a prefix may end with
     *     a dot, and the empty string is the prefix of all
     */
    public static boolean isValid(String uri, boolean strict, MatchPolicy policy, int maxComponents) {
        int components = 1;
        int componentLength = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c != '.') {
                if (strict ? !isStrict(c) : !isLoose(c)) {
                    return false;
                }
                componentLength++;
                continue;
            }
            if (componentLength == 0 && policy != MatchPolicy.WILDCARD) {
                return false;
            }
            components++;
            componentLength = 0;
        }
        return components <= maxComponents && (componentLength > 0 || policy != MatchPolicy.EXACT);
    }

    /** Whether the first component is {@code wamp} or {@code weft}, which applications must not use. */
    public static boolean isReserved(String uri) {
        return isWithin(uri, SPECIFICATION) || isWithin(uri, WEFT);
    }

    /** Whether the first component is {@code wamp}: the procedures and topics of the meta API. */
    public static boolean isOfSpecification(String uri) {
        return isWithin(uri, SPECIFICATION);
    }

    private static boolean isWithin(String uri, String first) {
        return uri.startsWith(first) && (uri.length() == first.length() || uri.charAt(first.length()) == '.');
    }

    private static boolean isStrict(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Refuses what is white space in Unicode, too, and not only in ASCII. */
    private static boolean isLoose(char c) {
        return c != '#' && c > ' ' && (c < 0x7f || !isForeignSpace(c));
    }

    private static boolean isForeignSpace(char c) {
        return c == 0x7f || c == 0x85 || c == 0xfeff || Character.isSpaceChar(c);
    }
}
