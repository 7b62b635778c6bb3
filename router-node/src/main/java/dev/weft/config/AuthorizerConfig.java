package dev.weft.config;

import java.time.Duration;

/** A procedure that decides about the requests of a role. */
public record AuthorizerConfig(
        @Key(
                doc = "The procedure. Clients cannot call it, and nobody can register a pattern that matches it.",
                required = true,
                example = "com.example.authorize",
                pattern = "([^\\s.#]+\\.)*[^\\s.#]+",
                patternSays = "a URI: components without spaces and #, joined by dots")
        String procedure,

        @Key(
                doc = "The `authrole` that may register it, a role of the realm that it does not decide about.",
                value = "authorizer",
                pattern = "\\S{1,64}",
                patternSays = "1 to 64 characters without spaces")
        String role,

        @Key(
                doc = "A request that it has not answered for this long is denied.",
                value = "5s",
                min = "10ms",
                max = "1m")
        Duration timeout,

        @Key(
                doc = "For how long an answer to a call or a publication is remembered for its session, if the answer"
                        + " allows that (`cache`). `0s` means not at all.",
                value = "1m",
                max = "1d")
        Duration memory) {}
