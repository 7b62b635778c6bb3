package dev.weft.config;

/** A key of the cluster that is not used any more, or not yet. */
public record PreviousKeyConfig(
        @Key(
                doc = "The key, as it is or was in `cluster.key`.",
                required = true,
                pattern = ".{16,1024}",
                patternSays = "16 to 1024 characters")
        Secret key) {}
