package dev.weft.config;

/** What a realm may retain for those who subscribe later. */
public record RetainConfig(
        @Key(
                doc =
                        "Of how many topics an event may be retained. Beyond, a publication with `retain` is refused if it is to"
                                + " be acknowledged; if not, it is delivered and not retained. `0`: nothing is retained.",
                value = "10000",
                min = "0",
                max = "10000000")
        int maxTopics,

        @Key(
                doc = "How many bytes all retained events of the realm may take, roughly; beyond, the same.",
                value = "64MiB",
                min = "0B",
                max = "64GiB")
        DataSize maxBytes) {}
