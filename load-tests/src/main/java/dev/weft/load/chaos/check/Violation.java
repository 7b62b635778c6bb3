package dev.weft.load.chaos.check;

/** @param checker which promise is broken */
public record Violation(String checker, String text) {
    @Override
    public String toString() {
        return checker + ": " + text;
    }
}
