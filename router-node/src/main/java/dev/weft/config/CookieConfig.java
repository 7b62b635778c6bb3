package dev.weft.config;

import java.time.Duration;

/** The cookie by which browsers that have logged in are known again. Pages cannot read it (HttpOnly). */
public record CookieConfig(
        @Key(
                doc =
                        "Its name. With the prefix `__Host-` browsers take it from this host only, over TLS. The same on all"
                                + " nodes, and another one for each cluster of the same host.",
                value = "__Host-weft",
                pattern = "[A-Za-z0-9_.-]{1,64}",
                patternSays = "1 to 64 letters, digits or any of _ . -")
        String name,

        @Key(
                doc = "The path below which browsers send it.",
                value = "/",
                pattern = "/[A-Za-z0-9/_.~-]{0,255}",
                patternSays = "a path that begins with /")
        String path,

        @Key(
                doc =
                        "Of which pages' connections browsers send it: `strict` of pages of the same site, `none` of all pages"
                                + " that `origins` names.",
                value = "strict")
        SameSite sameSite,

        @Key(doc = "Whether browsers send it over TLS only, and to localhost.", value = "true")
        boolean secure,

        @Key(
                doc = "How long it is good for after the login, however much it is used.",
                value = "30d",
                min = "1s",
                max = "365d")
        Duration maxAge,

        @Key(
                doc = "For how long it may not be used: then it is worth nothing any more.",
                value = "7d",
                min = "1s",
                max = "365d")
        Duration maxIdle) {

    /** What browsers are told with it, besides its value and its age. */
    public String attributes() {
        return "Path=" + path + "; HttpOnly; SameSite=" + sameSite.attribute() + (secure ? "; Secure" : "");
    }
}
