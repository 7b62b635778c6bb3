package dev.weft.session;

/**
 * How one session stands with those that get its calls, or its publications.
 *
 * @param trustlevel which the router assigns, 0 for the least trust ("Call Trust Levels", "Publication Trust Levels");
 *     negative if it assigns none
 */
public record Standing(Disclosure disclosure, int trustlevel) {
    /** Disclosed when asked for, without a trust level. */
    public static final Standing PLAIN = new Standing(Disclosure.ALLOW, -1);

    /** Whether the session, which asks for disclosure of itself, must be refused. */
    public boolean refuses(boolean discloseMe) {
        return discloseMe && disclosure == Disclosure.REFUSE;
    }

    /** Whether who it is is told. */
    public boolean discloses(boolean asked) {
        return disclosure == Disclosure.ALWAYS || (asked && disclosure == Disclosure.ALLOW);
    }
}
