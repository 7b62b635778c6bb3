package dev.weft.config;

import java.time.Duration;

/** A procedure that decides about the requests of a role. */
public record AuthorizerConfig(
        @Key(
                doc = "The procedure, registered by a client of the realm whose role is another.",
                required = true,
                example = "com.example.authorize",
                pattern = "([^\\s.#]+\\.)*[^\\s.#]+",
                patternSays = "a URI: components without spaces and #, joined by dots")
        String procedure,

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
