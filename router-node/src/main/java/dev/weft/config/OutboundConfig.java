package dev.weft.config;

/**
 * What waits for a client that reads too slowly.
 *
 * @param softBytes at this many bytes those who send to the client may have to wait; 0 for an eighth of {@code hardBytes}
 * @param hardBytes at this many bytes the connection is closed
 * @param totalBytes at this many bytes for all clients the slowest are closed; 0 for what suits the memory of the process
 */
public record OutboundConfig(
        @Key(
                doc =
                        "A client for which this much is waiting to be sent is behind. Who sends mostly to what has mostly such receivers is "
                                + "read from only as they take it. Less than `hard-bytes`; `0B` means an eighth of it.",
                value = "0B",
                max = "512MiB")
        DataSize softBytes,

        @Key(
                doc = "A client for which this much is waiting to be sent is disconnected.",
                value = "8MiB",
                min = "64KiB",
                max = "1GiB")
        DataSize hardBytes,

        @Key(
                doc =
                        "How much memory what waits for all clients of the node may take. Above, those for which most waits are disconnected. "
                                + "`0B` means half of what Java gives to buffers: `-XX:MaxDirectMemorySize`, or as much as the heap may have.",
                value = "0B",
                max = "1024GiB")
        DataSize totalBytes) {
    private static final int SHARE = 8;

    /** Bytes at which a client is behind. */
    public int soft() {
        long bytes = softBytes.bytes();
        return (int) (bytes == 0 ? hardBytes.bytes() / SHARE : bytes);
    }
}
