package dev.weft.config;

import org.jspecify.annotations.Nullable;

/** A part of a whole, from 0 for nothing to 1 for all. */
public record Share(double value) {

    /** Reads a decimal number such as {@code 0.01}; null if the text is none, or not from 0 to 1. */
    public static @Nullable Share parse(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,15})?")) {
            return null;
        }
        double value = Double.parseDouble(text);
        return value <= 1 ? new Share(value) : null;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
