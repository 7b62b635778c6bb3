package dev.weft.config;

import dev.weft.config.RawValue.Entry;
import dev.weft.config.RawValue.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the text of a secret, which may be written in the configuration or in a file of its own. */
final class SecretFiles {
    private final Path directory;
    private final Problems problems;
    private final Set<Path> asked = new LinkedHashSet<>();

    SecretFiles(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * A secret.
     *
     * @param ok false if there was a problem
     * @param text the secret as it was written, or as its file has it; null if it is not set
     */
    record Found(boolean ok, @Nullable Scalar text) {}

    Found find(ConfigKey key, Place place) {
        Scalar text = scalar(key.name(), place);
        Scalar file = scalar(key.fileKey(), place);
        if (file == null) {
            return new Found(true, text);
        }
        String path = place.pathOf(key.fileKey());
        int order = text == null
                ? -1
                : text.origin().layer().compareTo(file.origin().layer());
        if (order == 0) {
            problems.error(file.origin(), path, "not together with " + key.name(), "leave one of them out");
            return new Found(false, null);
        }
        return order > 0 ? new Found(true, text) : read(file, path);
    }

    /** The files that secrets were looked for in. */
    Set<Path> asked() {
        return asked;
    }

    private static @Nullable Scalar scalar(String key, Place place) {
        Entry entry = place.mapping().find(key);
        return entry != null && entry.value() instanceof Scalar scalar && !scalar.isNull() ? scalar : null;
    }

    private Found read(Scalar file, String path) {
        Path location = Path.of(file.text());
        if (file.origin().layer() == Origin.Layer.FILE) {
            location = directory.resolve(location);
        }
        asked.add(location);
        try {
            String text = Files.readString(location).stripTrailing();
            return new Found(true, new Scalar(file.origin(), text, true));
        } catch (IOException e) {
            problems.error(file.origin(), path, ConfigFile.cannotRead(location, e));
            return new Found(false, null);
        }
    }
}
