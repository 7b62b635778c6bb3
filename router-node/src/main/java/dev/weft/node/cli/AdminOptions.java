package dev.weft.node.cli;

import dev.weft.config.HostPort;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which node a command asks, and how the answer is printed. */
final class AdminOptions {
    static final String VARIABLE = "WEFT_ADMIN";
    static final String DEFAULT = "127.0.0.1:8180";

    /** How an answer is printed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "The node's admin port (default: the variable " + VARIABLE + ", else " + DEFAULT + ").")
    private @Nullable String admin;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private Format format = Format.text;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    boolean isJson() {
        return json || format == Format.json;
    }

    /** @throws TypeConversionException if what was given is no address */
    HostPort address(Map<String, String> environment) {
        String written = admin != null ? admin : environment.getOrDefault(VARIABLE, DEFAULT);
        HostPort address = HostPort.parse(written);
        if (address == null) {
            throw new TypeConversionException("expected host:port such as " + DEFAULT + ", found '" + written + "'");
        }
        return address;
    }
}
