package dev.weft.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The schemas of an OpenAPI document, as far as docs/admin-api.yaml uses what there is, and which of their properties were seen. */
final class ApiSchemas {
    private final Map<?, ?> components;
    private final TreeSet<String> seen = new TreeSet<>();

    /** @param document as it was read from YAML */
    ApiSchemas(Map<?, ?> document) {
        this.components = (Map<?, ?>) document.get("components");
    }

    /** What {@code $ref} stands for, if there is one. */
    Map<?, ?> resolved(Map<?, ?> written) {
        if (!(written.get("$ref") instanceof String reference)) {
            return written;
        }
        String[] steps = reference.replace("#/components/", "").split("/", -1);
        return (Map<?, ?>) ((Map<?, ?>) components.get(steps[0])).get(steps[1]);
    }

    /** Every way in which {@code value} is not what the schema says. */
    List<String> problems(Map<?, ?> schema, Object value) {
        List<String> problems = new ArrayList<>();
        check(schema, value, "", problems);
        return problems;
    }

    /** The properties that were in no value so far, by paths that begin with the name of the schema. */
    List<String> unseen(Map<?, ?> schema) {
        TreeSet<String> all = new TreeSet<>();
        collect(schema, "", all);
        all.removeAll(seen);
        return List.copyOf(all);
    }

    private static String place(Map<?, ?> schema, String place) {
        return schema.get("$ref") instanceof String reference ? reference.replaceAll(".*/", "") : place;
    }

    private void check(Map<?, ?> written, Object value, String from, List<String> problems) {
        String place = place(written, from);
        Map<?, ?> schema = resolved(written);
        if (schema.get("oneOf") instanceof List<?> choices) {
            if (choices.stream()
                    .noneMatch(choice -> problems((Map<?, ?>) choice, value).isEmpty())) {
                problems.add(place + " is none of " + choices + ": " + value);
            }
            return;
        }
        if (!isOfType(String.valueOf(schema.get("type")), value)) {
            problems.add(place + " is no " + schema.get("type") + ": " + value);
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((name, field) -> checkField(schema, String.valueOf(name), field, place, problems));
        } else if (value instanceof List<?> items) {
            items.forEach(item -> check((Map<?, ?>) schema.get("items"), item, place + "[]", problems));
        } else if (schema.get("enum") instanceof List<?> constants && !constants.contains(value)) {
            problems.add(place + " is none of " + constants + ": " + value);
        }
    }

    private void checkField(Map<?, ?> schema, String name, Object field, String place, List<String> problems) {
        String path = place + "." + name;
        Object more = schema.get("additionalProperties");
        if (schema.get("properties") instanceof Map<?, ?> properties
                && properties.get(name) instanceof Map<?, ?> known) {
            seen.add(path);
            check(known, field, path, problems);
        } else if (more instanceof Map<?, ?> any) {
            check(any, field, path, problems);
        } else if (!Boolean.TRUE.equals(more)) {
            problems.add(path + " is not documented");
        }
    }

    private static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            default -> false;
        };
    }

    private void collect(Map<?, ?> written, String from, TreeSet<String> into) {
        String place = place(written, from);
        Map<?, ?> schema = resolved(written);
        if (schema.get("items") instanceof Map<?, ?> items) {
            collect(items, place + "[]", into);
        }
        if (schema.get("oneOf") instanceof List<?> choices) {
            choices.forEach(choice -> collect((Map<?, ?>) choice, place, into));
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                into.add(place + "." + name);
                collect((Map<?, ?>) property, place + "." + name, into);
            });
        }
    }
}
