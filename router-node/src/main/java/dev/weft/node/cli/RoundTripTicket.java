package dev.weft.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** As whom the sessions of a round trip join: given both by {@code --authid} and {@code --ticket-file}, or by neither. */
final class RoundTripTicket {
    @Option(
            names = "--authid",
            paramLabel = "AUTHID",
            description = "Who joins, with the ticket of --ticket-file (default: an anonymous client).")
    private @Nullable String authid;

    @Option(names = "--ticket-file", paramLabel = "FILE", description = "The file of the ticket of --authid.")
    private @Nullable Path file;

    /** A principal and its ticket. */
    record Shown(String authid, String ticket) {
        @Override
        public String toString() {
            return "Shown[" + authid + "]";
        }
    }

    /**
     * Null for an anonymous client.
     *
     * @throws TypeConversionException if what was given cannot be used
     */
    @Nullable
    Shown shown() {
        if (authid == null && file == null) {
            return null;
        }
        if (authid == null || file == null) {
            throw new TypeConversionException("--authid and --ticket-file belong together");
        }
        try {
            return new Shown(authid, Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new TypeConversionException("the file " + file + " cannot be read");
        }
    }
}
