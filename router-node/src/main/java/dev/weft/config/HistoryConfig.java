package dev.weft.config;

import dev.weft.wamp.MatchPolicy;
import java.time.Duration;

/** One topic or pattern whose events are kept (WAMP, "Event History"). */
public record HistoryConfig(
        @Key(
                doc =
                        "The topic, or with `match` the pattern. Clients ask for the history of the subscription to this very"
                                + " topic or pattern.",
                required = true,
                example = "com.example.news")
        String uri,

        @Key(
                doc = "`exact`: this one topic. `prefix`: all that begin with it. `wildcard`: all that have these"
                        + " components; an empty one stands for any one component.",
                value = "exact")
        MatchPolicy match,

        @Key(
                doc = "How many events are kept at most; with one more, the oldest goes.",
                value = "1000",
                min = "1",
                max = "100000")
        int maxEvents,

        @Key(
                doc =
                        "How many bytes the events may take, roughly; with more, the oldest go. An event that is larger than"
                                + " that alone is delivered and not kept. Each history is kept as a whole by one node, and"
                                + " as a backup by others.",
                value = "1MiB",
                min = "1KiB",
                max = "64MiB")
        DataSize maxBytes,

        @Key(doc = "Events that are older are gone. `0s`: events of any age are kept.", value = "1d", max = "3650d")
        Duration maxAge) {}
