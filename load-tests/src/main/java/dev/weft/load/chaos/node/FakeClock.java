package dev.weft.load.chaos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock that one node sees, which can be set while it runs; the monotonic clock is left alone. Needs libfaketime
 * (package {@code faketime} of Debian), which reads the offset from a file once a second.
 */
final class FakeClock {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
    private static final String LIBRARY = "libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private FakeClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Where the library is, if it is installed. */
    static Optional<Path> library() {
        return PLACES.stream().flatMap(FakeClock::below).findFirst();
    }

    /** Right, to begin with. */
    static FakeClock create(Path library, Path offset) throws IOException {
        FakeClock clock = new FakeClock(library, offset);
        clock.set(Duration.ZERO);
        return clock;
    }

    /** For the process that shall see this clock. The fix is for an old C library; with a new one, every timed wait spins. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_CACHE_DURATION",
                "1");
    }

    /** How far the clock is off, from within a second on. */
    void set(Duration ahead) throws IOException {
        Files.writeString(offset, String.format("%+d%n", ahead.toSeconds()));
    }

    private static Stream<Path> below(Path directory) {
        return Stream.of("faketime", "x86_64-linux-gnu/faketime", "aarch64-linux-gnu/faketime")
                .map(directory::resolve)
                .map(each -> each.resolve(LIBRARY))
                .filter(Files::isRegularFile);
    }
}
