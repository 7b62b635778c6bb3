package dev.weft.config;

import dev.weft.config.KeyType.ListOf;
import dev.weft.config.RawValue.Mapping;
import dev.weft.config.RawValue.Scalar;
import dev.weft.config.RawValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one value from the environment or the command line over what the file says. */
final class Overlay {
    private final Mapping root;
    private final Problems problems;

    Overlay(Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Sets what {@code name} stands for; a name that stands for nothing is a problem. */
    void set(SettingName name, Origin origin, String text) {
        List<KeyType> types = name.types();
        if (types.isEmpty()) {
            problems.error(origin, "", "there is no such key", name.suggestion());
            return;
        }
        RawValue at = root;
        for (int i = 0; i < types.size(); i++) {
            String segment = name.segments().get(i);
            boolean last = i == types.size() - 1;
            RawValue child = last ? written(types.get(i), origin, text) : existing(at, segment, types.get(i), origin);
            if (child == null || !put(at, segment, child, origin)) {
                return;
            }
            at = child;
        }
    }

    private static RawValue existing(RawValue parent, String segment, KeyType type, Origin origin) {
        RawValue found = null;
        if (parent instanceof Mapping mapping) {
            RawValue.Entry entry = mapping.find(segment);
            found = entry == null ? null : entry.value();
        } else if (parent instanceof Sequence sequence) {
            int index = Integer.parseInt(segment);
            found = index < sequence.items().size() ? sequence.items().get(index) : null;
        }
        if (found != null && !(found instanceof Scalar scalar && scalar.isNull())) {
            return found;
        }
        return type instanceof ListOf ? new Sequence(origin, new ArrayList<>()) : new Mapping(origin);
    }

    private boolean put(RawValue parent, String segment, RawValue child, Origin origin) {
        if (parent instanceof Mapping mapping) {
            RawValue.Entry entry = mapping.find(segment);
            mapping.put(segment, entry == null ? origin : entry.origin(), child);
            return true;
        }
        if (!(parent instanceof Sequence sequence)) {
            problems.error(
                    origin, "", "cannot be set: " + parent.origin().source() + " has " + parent.kind() + " there");
            return false;
        }
        int index = Integer.parseInt(segment);
        int size = sequence.items().size();
        if (index > size) {
            problems.error(origin, "", "there are only " + size + " elements before it", "use the index " + size);
            return false;
        }
        if (index == size) {
            sequence.items().add(child);
        } else {
            sequence.items().set(index, child);
        }
        return true;
    }

    private @Nullable RawValue written(KeyType type, Origin origin, String text) {
        if (type instanceof ScalarType) {
            return new Scalar(origin, text, true);
        }
        if (text.startsWith("[") || text.startsWith("{")) {
            return new YamlReader(origin, new Placeholders(Map.of(), problems), problems).read(text);
        }
        if (type instanceof ListOf) {
            List<RawValue> items = new ArrayList<>();
            for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
                items.add(new Scalar(origin, item.strip(), true));
            }
            return new Sequence(origin, items);
        }
        return new Scalar(origin, text, true);
    }
}
