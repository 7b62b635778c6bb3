package dev.weft.config;

/**
 * Who this node is.
 *
 * @param name the name in logs and in lists of members
 */
public record IdentityConfig(
        @Key(
                doc = "The name of this node in logs and in lists of members. Give each node of a cluster another one.",
                value = "weft",
                pattern = "[A-Za-z0-9._-]{1,64}",
                patternSays = "1 to 64 letters, digits, dots, dashes or underscores")
        String name) {}
