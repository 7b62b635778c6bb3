package dev.weft.transport;

import org.jspecify.annotations.Nullable;

/** What an {@code Authorization} header of the scheme Bearer shows (RFC 6750, section 2.1). */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** The token, perhaps empty; null if there is no header or it is of another scheme. */
    public static @Nullable String of(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }
}
