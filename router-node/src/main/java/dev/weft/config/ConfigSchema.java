package dev.weft.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The keys that exist, read from the records and their {@link Key} annotations. */
final class ConfigSchema {
    /** The whole configuration. */
    static final KeyType.Section ROOT = section(NodeConfig.class);

    /** A file of principals. */
    static final KeyType.Section PRINCIPALS = section(PrincipalsConfig.class);

    private ConfigSchema() {}

    private static KeyType.Section section(Class<? extends Record> record) {
        List<ConfigKey> keys = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Key about = component.getAnnotation(Key.class);
            if (about == null) {
                throw new IllegalStateException(record.getSimpleName() + "." + component.getName() + " has no @Key");
            }
            keys.add(new ConfigKey(kebab(component.getName()), typeOf(component.getGenericType()), about));
        }
        return new KeyType.Section(record, List.copyOf(keys));
    }

    private static KeyType typeOf(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return new KeyType.ListOf(typeOf(list.getActualTypeArguments()[0]));
        }
        Class<?> javaType = (Class<?>) type;
        if (javaType.isRecord() && ScalarType.of(javaType) == null) {
            return section(javaType.asSubclass(Record.class));
        }
        ScalarType scalar = ScalarType.of(javaType);
        if (scalar == null) {
            throw new IllegalStateException("no way to write a " + javaType.getName() + " in a configuration");
        }
        return scalar;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
