package dev.weft.config;

import dev.weft.config.RawValue.Entry;
import dev.weft.config.RawValue.Mapping;

/**
 * Where a section was written.
 *
 * @param mapping what was written
 * @param path the path of the section, empty for the root
 */
record Place(Mapping mapping, String path) {

    /** The path of one of its keys. */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return mapping.find(key) != null;
    }

    /** Where the value of a key was written, or the section if it was not. */
    Origin originOf(String key) {
        Entry entry = mapping.find(key);
        return entry == null ? mapping.origin() : entry.value().origin();
    }
}
