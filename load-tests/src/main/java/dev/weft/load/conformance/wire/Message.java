package dev.weft.load.conformance.wire;

import java.util.List;
import java.util.Map;

/**
 * A message as the router sent it. Integers are Long, others Double, binary is byte[]; what is not of the type that the
 * specification gives is {@link Unmet}.
 */
public record Message(List<Object> fields) {
    public Message {
        fields = List.copyOf(fields);
    }

    /** Whether it is of the type. */
    public boolean is(Code code) {
        return !fields.isEmpty() && Long.valueOf(code.number()).equals(fields.get(0));
    }

    public long number(int index) throws Unmet {
        return field(index, Long.class);
    }

    public String text(int index) throws Unmet {
        return field(index, String.class);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> dict(int index) throws Unmet {
        return (Map<String, Object>) field(index, Map.class);
    }

    /** {@code Arguments}; empty if left out. */
    @SuppressWarnings("unchecked")
    public List<Object> args() throws Unmet {
        int index = argumentsIndex();
        return index < fields.size() ? (List<Object>) field(index, List.class) : List.of();
    }

    /** {@code ArgumentsKw}; empty if left out. */
    public Map<String, Object> kwargs() throws Unmet {
        int index = argumentsIndex() + 1;
        return index < fields.size() ? dict(index) : Map.of();
    }

    private int argumentsIndex() throws Unmet {
        long type = number(0);
        for (Code code : Code.values()) {
            if (code.number() == type && code.arguments() > 0) {
                return code.arguments();
            }
        }
        throw new Unmet(this + " has no arguments");
    }

    private <T> T field(int index, Class<T> type) throws Unmet {
        if (index >= fields.size() || !type.isInstance(fields.get(index))) {
            throw new Unmet("field " + index + " of " + this + " is not a " + type.getSimpleName());
        }
        return type.cast(fields.get(index));
    }

    @Override
    public String toString() {
        String name = fields.isEmpty() || !(fields.get(0) instanceof Long type) ? "?" : Code.name(type);
        return name + fields;
    }
}
