package dev.weft.config;

import dev.weft.config.KeyType.ListOf;
import dev.weft.config.KeyType.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration's form as a JSON Schema (2020-12), for editors. It knows the canonical spelling of keys only. */
public final class ConfigSchemaJson {
    private static final Map<String, Object> PLACEHOLDER = new TreeMap<>(Map.of("type", "string", "pattern", "\\$\\{"));

    private ConfigSchemaJson() {}

    /** The schema as indented JSON. */
    public static String render() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Weft configuration");
        schema.putAll(section(ConfigSchema.ROOT));
        return JsonText.indented(schema);
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (ConfigKey key : section.keys()) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", key.about().doc());
            property.putAll(type(key.type(), key.about()));
            properties.put(key.name(), property);
            if (key.about().required()) {
                required.add(key.name());
            }
            if (key.isSecret()) {
                properties.put(
                        key.fileKey(),
                        new TreeMap<>(Map.of("description", "The file with `" + key.name() + "`.", "type", "string")));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
        schema.put("properties", properties);
        schema.put("patternProperties", Map.of("^" + ConfigBinder.NOTE_PREFIX, true));
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> type(KeyType type, Key about) {
        if (type instanceof Section section) {
            return section(section);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type instanceof ListOf list) {
            schema.put("type", List.of("array", "null"));
            schema.put("items", type(list.element(), about));
            return schema;
        }
        ScalarType scalar = (ScalarType) type;
        if (scalar.javaType() == int.class) {
            schema.put("type", List.of("integer", "string", "null"));
            bound(schema, "minimum", about.min());
            bound(schema, "maximum", about.max());
        } else if (scalar.javaType() == boolean.class) {
            schema.put("type", List.of("boolean", "string", "null"));
        } else if (!scalar.choices().isEmpty()) {
            schema.put("anyOf", List.of(Map.of("enum", scalar.choices()), PLACEHOLDER, Map.of("type", "null")));
        } else {
            schema.put("type", List.of("string", "number", "null"));
        }
        return schema;
    }

    private static void bound(Map<String, Object> schema, String keyword, String bound) {
        if (!bound.isEmpty()) {
            schema.put(keyword, Integer.valueOf(bound));
        }
    }
}
