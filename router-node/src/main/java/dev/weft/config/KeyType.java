package dev.weft.config;

import java.util.List;

/** What may be written as the value of a key. */
sealed interface KeyType permits ScalarType, KeyType.ListOf, KeyType.Section {

    /** A list. */
    record ListOf(KeyType element) implements KeyType {}

    /** A group of keys. */
    record Section(Class<? extends Record> record, List<ConfigKey> keys) implements KeyType {}
}
