package dev.weft.config;

import dev.weft.config.KeyType.ListOf;
import dev.weft.config.KeyType.Section;
import dev.weft.config.Origin.Layer;
import dev.weft.config.RawValue.Entry;
import dev.weft.config.RawValue.Mapping;
import dev.weft.config.RawValue.Scalar;
import dev.weft.config.RawValue.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the tree of records from what was written; what is wrong becomes a problem, never a default. */
final class ConfigBinder {
    /** Keys that begin with this are notes and are not read. */
    static final String NOTE_PREFIX = "x-";

    private final Problems problems;
    private final ConfigChecks checks;
    private final SecretFiles secretFiles;
    private final Path directory;
    private final Map<String, String> places = new HashMap<>();

    /**
     * @param directory what file names in the file are relative to
     */
    ConfigBinder(Path directory, Problems problems) {
        this.problems = problems;
        this.checks = new ConfigChecks(problems);
        this.directory = directory;
        this.secretFiles = new SecretFiles(directory, problems);
    }

    @Nullable
    NodeConfig bind(Mapping root) {
        return (NodeConfig) section(ConfigSchema.ROOT, root, "").value();
    }

    /** Where each group of keys was written, by its path. */
    Map<String, String> places() {
        return places;
    }

    @Nullable
    PrincipalsConfig bindPrincipals(Mapping root) {
        return (PrincipalsConfig) section(ConfigSchema.PRINCIPALS, root, "").value();
    }

    /** The files that secrets were looked for in. */
    Set<Path> secretFiles() {
        return secretFiles.asked();
    }

    /**
     * The outcome for one value.
     *
     * @param ok false if there was a problem
     * @param value null if there was a problem, or if the key is unset
     */
    private record Bound(boolean ok, @Nullable Object value) {
        static final Bound FAILED = new Bound(false, null);

        static Bound of(@Nullable Object value) {
            return new Bound(true, value);
        }
    }

    private Bound value(KeyType type, Key about, RawValue raw, String path) {
        if (type instanceof Section section) {
            return raw instanceof Mapping mapping
                    ? section(section, mapping, path)
                    : wrongKind(type, raw, path, "a group of keys");
        }
        if (type instanceof ListOf list) {
            return raw instanceof Sequence sequence
                    ? list(list, about, sequence, path)
                    : wrongKind(type, raw, path, "a list");
        }
        ScalarType scalarType = (ScalarType) type;
        return raw instanceof Scalar scalar
                ? scalar(scalarType, about, scalar, path)
                : wrongKind(type, raw, path, scalarType.says());
    }

    private Bound section(Section section, Mapping mapping, String path) {
        Place place = new Place(mapping, path);
        places.put(path, mapping.origin().text());
        boolean complete = unknownKeys(section, mapping, place);
        List<@Nullable Object> values = new ArrayList<>();
        for (ConfigKey key : section.keys()) {
            Bound bound = key(key, place);
            complete &= bound.ok();
            values.add(bound.value());
        }
        if (!complete) {
            return Bound.FAILED;
        }
        Record record = create(section.record(), values);
        checks.section(record, place);
        return Bound.of(record);
    }

    private boolean unknownKeys(Section section, Mapping mapping, Place place) {
        boolean none = true;
        for (Entry entry : mapping.entries().values()) {
            String spelling = entry.spelling();
            if (spelling.startsWith(NOTE_PREFIX) || SettingName.typeOf(section, spelling) != null) {
                continue;
            }
            List<String> names = section.keys().stream().map(ConfigKey::name).toList();
            String hint = Suggestions.didYouMean(spelling, names);
            problems.error(
                    entry.origin(),
                    place.pathOf(word(spelling)),
                    "there is no such key",
                    hint.isEmpty() ? "known here: " + String.join(", ", names) : hint);
            none = false;
        }
        return none;
    }

    /** Where the space after a colon is missing, YAML takes the value for a part of the key. */
    private static String word(String spelling) {
        int colon = spelling.indexOf(':');
        return colon < 0 ? spelling : spelling.substring(0, colon + 1) + "...";
    }

    private Bound key(ConfigKey key, Place place) {
        if (key.isSecret()) {
            for (String name : List.of(key.name(), key.fileKey())) {
                Entry entry = place.mapping().find(name);
                if (entry != null && !(entry.value() instanceof Scalar)) {
                    return wrongKind(key.type(), entry.value(), place.pathOf(name), "a text");
                }
            }
            SecretFiles.Found found = secretFiles.find(key, place);
            return found.ok() ? written(key, found.text(), place) : Bound.FAILED;
        }
        Entry entry = place.mapping().find(key.name());
        return written(key, entry == null ? null : entry.value(), place);
    }

    private Bound written(ConfigKey key, @Nullable RawValue value, Place place) {
        String path = place.pathOf(key.name());
        if (value == null || (value instanceof Scalar scalar && scalar.isNull())) {
            return absent(key, place, path);
        }
        return value(key.type(), key.about(), value, path);
    }

    private Bound absent(ConfigKey key, Place place, String path) {
        if (key.about().required()) {
            String example = key.about().example();
            problems.error(
                    place.mapping().origin(),
                    path,
                    "missing",
                    example.isEmpty() ? "" : "for example " + key.name() + ": " + example);
            return Bound.FAILED;
        }
        if (key.hasDefault()) {
            return value(key.type(), key.about(), defaultOf(key), path);
        }
        if (key.mayBeUnset()) {
            boolean text = key.type() instanceof ScalarType scalar && scalar.javaType() == String.class;
            return Bound.of(text ? "" : null);
        }
        return section((Section) key.type(), new Mapping(place.mapping().origin()), path);
    }

    private RawValue defaultOf(ConfigKey key) {
        Origin origin = Origin.of(Layer.DEFAULT, "default");
        String text = key.about().value();
        RawValue value = key.type() instanceof ListOf
                ? new YamlReader(origin, new Placeholders(Map.of(), problems), problems).read(text)
                : new Scalar(origin, text, true);
        if (value == null) {
            throw new IllegalStateException("the default of " + key.name() + " is not YAML");
        }
        return value;
    }

    private Bound list(ListOf type, Key about, Sequence sequence, String path) {
        List<Object> items = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < sequence.items().size(); i++) {
            Bound item = value(type.element(), about, sequence.items().get(i), path + "[" + i + "]");
            complete &= item.ok();
            if (item.value() != null) {
                items.add(item.value());
            }
        }
        return complete ? Bound.of(List.copyOf(items)) : Bound.FAILED;
    }

    private Bound scalar(ScalarType type, Key about, Scalar scalar, String path) {
        Object value = type.parse(scalar.text());
        boolean secret = type.javaType() == Secret.class;
        if (value == null) {
            String found = secret ? "nothing" : scalar.says();
            problems.error(
                    scalar.origin(), path, "expected " + type.says() + ", found " + found, type.hint(scalar.text()));
            return Bound.FAILED;
        }
        if (!about.pattern().isEmpty() && !scalar.text().matches(about.pattern())) {
            String found = secret ? "something else" : scalar.says();
            problems.error(scalar.origin(), path, "expected " + about.patternSays() + ", found " + found);
            return Bound.FAILED;
        }
        if (!inRange(type, about, value, scalar, path)) {
            return Bound.FAILED;
        }
        boolean relative = value instanceof Path && scalar.origin().layer() == Layer.FILE;
        return Bound.of(relative ? directory.resolve((Path) value) : value);
    }

    @SuppressWarnings("unchecked")
    private boolean inRange(ScalarType type, Key about, Object value, Scalar scalar, String path) {
        Object min = about.min().isEmpty() ? null : type.parse(about.min());
        if (min != null && ((Comparable<Object>) value).compareTo(min) < 0) {
            problems.error(scalar.origin(), path, scalar.text() + " is too small, the least is " + about.min());
            return false;
        }
        Object max = about.max().isEmpty() ? null : type.parse(about.max());
        if (max != null && ((Comparable<Object>) value).compareTo(max) > 0) {
            problems.error(scalar.origin(), path, scalar.text() + " is too large, the most is " + about.max());
            return false;
        }
        return true;
    }

    private Bound wrongKind(KeyType type, RawValue raw, String path, String expected) {
        String found = holdsSecrets(type) ? raw.kind() : raw.says();
        problems.error(raw.origin(), path, "expected " + expected + ", found " + found);
        return Bound.FAILED;
    }

    private static boolean holdsSecrets(KeyType type) {
        if (type instanceof Section section) {
            return section.keys().stream().anyMatch(key -> key.isSecret() || holdsSecrets(key.type()));
        }
        return type instanceof ListOf list
                ? holdsSecrets(list.element())
                : ((ScalarType) type).javaType() == Secret.class;
    }

    private static Record create(Class<? extends Record> type, List<@Nullable Object> values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type.getSimpleName(), e);
        }
    }
}
