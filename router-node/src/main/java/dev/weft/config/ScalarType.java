package dev.weft.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value written as one text.
 *
 * @param javaType what the text becomes
 * @param says the form in words, completing "expected"
 * @param choices the only texts allowed, empty if any text of the form is
 * @param parser from text to value; null for a text that does not have the form
 */
record ScalarType(Class<?> javaType, String says, List<String> choices, Function<String, @Nullable Object> parser)
        implements KeyType {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Pattern LOOSE_SIZE = Pattern.compile("([0-9]+) *([kKmMgG]?)[iI]?[bB]?");

    private static final Map<Class<?>, ScalarType> TYPES = Map.of(
            AddressRange.class,
                    text(
                            AddressRange.class,
                            "an address such as 10.0.0.1 or a range such as 10.0.0.0/8",
                            AddressRange::parse),
            String.class, text(String.class, "text", text -> text),
            int.class, text(int.class, "a whole number", ScalarType::integer),
            boolean.class, new ScalarType(boolean.class, "true or false", List.of("true", "false"), ScalarType::bool),
            Duration.class, text(Duration.class, "a duration such as 500ms, 5s or 2m", ScalarType::duration),
            DataSize.class, text(DataSize.class, "a size such as 64KiB or 8MiB", DataSize::parse),
            HostPort.class, text(HostPort.class, "host:port such as 127.0.0.1:8080 or [::1]:8080", HostPort::parse),
            Share.class, text(Share.class, "a number from 0 to 1 such as 0.01", Share::parse),
            Path.class, text(Path.class, "the path of a file", ScalarType::path),
            Secret.class, text(Secret.class, "a secret text", text -> text.isEmpty() ? null : new Secret(text)));

    /** The scalar type for a Java type, or null if there is none. */
    static @Nullable ScalarType of(Class<?> javaType) {
        return javaType.isEnum() ? ofEnum(javaType) : TYPES.get(javaType);
    }

    @Nullable
    Object parse(String text) {
        return parser.apply(text);
    }

    /** What to write instead of a text that does not have the form; empty if there is no guess. */
    String hint(String text) {
        if (!choices.isEmpty()) {
            return Suggestions.didYouMean(text, choices);
        }
        if (javaType == DataSize.class) {
            Matcher matcher = LOOSE_SIZE.matcher(text);
            return matcher.matches() ? "write " + matcher.group(1) + unitOf(matcher.group(2)) : "";
        }
        return javaType == Duration.class && text.matches("[0-9]+") ? "write the unit, such as " + text + "s" : "";
    }

    /** The form in a word, for the documentation. */
    String name() {
        if (javaType == int.class) {
            return "number";
        }
        return switch (javaType.getSimpleName()) {
            case "DataSize" -> "size";
            case "AddressRange" -> "address range";
            case "HostPort" -> "address";
            case "Path" -> "file";
            case "String" -> "text";
            default -> javaType.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String unitOf(String letter) {
        return letter.isEmpty() ? "B" : letter.toUpperCase(Locale.ROOT) + "iB";
    }

    private static ScalarType text(Class<?> type, String says, Function<String, @Nullable Object> parser) {
        return new ScalarType(type, says, List.of(), parser);
    }

    private static ScalarType ofEnum(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        List<String> names = Arrays.stream(constants)
                .map(constant -> spelling((Enum<?>) constant))
                .toList();
        String says = names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
        return new ScalarType(type, says, names, text -> names.contains(text) ? constants[names.indexOf(text)] : null);
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Object integer(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            return null;
        }
        long number = Long.parseLong(text);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private static @Nullable Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable Object duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static @Nullable Object path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
