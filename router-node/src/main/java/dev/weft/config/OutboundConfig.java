package dev.weft.config;

/**
 * What waits for a client that reads too slowly.
 *
 * @param hardBytes at this many bytes the connection is closed
 */
public record OutboundConfig(
        @Key(
                doc = "A client for which this much is waiting to be sent is disconnected.",
                value = "8MiB",
                min = "64KiB",
                max = "1GiB")
        DataSize hardBytes) {}
