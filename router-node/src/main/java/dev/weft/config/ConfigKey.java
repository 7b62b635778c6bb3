package dev.weft.config;

import java.util.Locale;

/**
 * One key of the configuration.
 *
 * @param name the canonical spelling, in kebab-case
 * @param type what may be written there
 * @param about its default, range and description
 */
record ConfigKey(String name, KeyType type, Key about) {

    boolean hasDefault() {
        return !about.value().isEmpty();
    }

    /** Whether it may be left out although there is no value to take instead. */
    boolean mayBeUnset() {
        return !about.unset().isEmpty() && !hasDefault();
    }

    boolean isSecret() {
        return type instanceof ScalarType scalar && scalar.javaType() == Secret.class;
    }

    /** The key that holds the name of a file with the secret. */
    String fileKey() {
        return name + "-file";
    }

    /** The spelling in which kebab-case, camelCase and snake_case are the same. */
    static String normalised(String spelling) {
        return spelling.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
