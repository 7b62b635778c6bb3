package dev.weft.admin;

import java.time.Duration;

/**
 * What a request may be like.
 *
 * @param uriLength how many characters a URI that rows are looked for by may have ({@code limits.max-uri-length})
 * @param head how long the head of a request may take to come
 */
public record AdminLimits(int uriLength, Duration head) {
    private static final int DEFAULT_URI_LENGTH = 255;
    private static final Duration DEFAULT_HEAD = Duration.ofSeconds(10);

    public static final AdminLimits DEFAULT = new AdminLimits(DEFAULT_URI_LENGTH, DEFAULT_HEAD);

    /** The method, the path, the other parameters and the version. */
    private static final int REST_OF_LINE = 1024;

    /** A character is up to three octets of UTF-8 in Java's counting, and an octet is written as %xx. */
    private static final int WRITTEN = 9;

    /** As {@link #DEFAULT}, for URIs of other lengths. */
    public AdminLimits withUriLength(int characters) {
        return new AdminLimits(characters, head);
    }

    /** How long the first line of a request may be, in characters. */
    int line() {
        return REST_OF_LINE + WRITTEN * uriLength;
    }
}
