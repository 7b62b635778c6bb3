package dev.weft.config;

/** How much callees and subscribers may trust the sessions of one role (WAMP, "Call Trust Levels"). */
public record TrustLevelConfig(
        @Key(
                doc = "The `authrole` of the sessions.",
                required = true,
                example = "backend",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String authrole,

        @Key(
                doc = "The `trustlevel` of their calls and publications; 0 is the lowest.",
                required = true,
                example = "5",
                min = "0",
                max = "1000000")
        int level) {}
