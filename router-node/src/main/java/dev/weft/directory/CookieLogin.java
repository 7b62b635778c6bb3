package dev.weft.directory;

/**
 * Whom a browser's cookie stands for, since its user has logged in. Times are milliseconds since 1970.
 *
 * @param provider {@code authprovider} of that login
 * @param proof a digest of what proved the login: another one means that it may not be proved in that way any more
 * @param idle for how long the cookie may not be used before it is worth nothing
 * @param idleUntil when that time is over
 * @param expires when it is worth nothing in any case
 */
public record CookieLogin(
        String realm,
        String authid,
        String role,
        String provider,
        String proof,
        long idle,
        long idleUntil,
        long expires) {

    /** Milliseconds for which it is good if it is not used; 0 or less if it is over. */
    public long remaining(long now) {
        return Math.min(idleUntil, expires) - now;
    }

    public CookieLogin usedAt(long now) {
        return new CookieLogin(realm, authid, role, provider, proof, idle, now + idle, expires);
    }
}
