package dev.weft.config;

/** A header of HTTP requests that the router makes. */
public record HeaderConfig(
        @Key(
                doc = "Its name.",
                required = true,
                example = "x-api-key",
                pattern = "[A-Za-z0-9!#$&'*+.^_`|~-]{1,100}",
                patternSays = "the name of a header")
        String name,

        @Key(
                doc = "Its value, which is told to nobody else.",
                required = true,
                example = "${COLLECTOR_KEY}",
                pattern = "[ -~]{1,4096}",
                patternSays = "1 to 4096 characters of ASCII")
        Secret value) {}
