package dev.weft.load.conformance.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One feature of the specification, as checks that each stand for themselves. */
public interface Feature {
    /** As the specification calls it. */
    String name();

    /** How a router announces it; null if every router has to have it. */
    default @Nullable Announcement announcement() {
        return null;
    }

    List<Check> checks();

    /**
     * A flag in the details of WELCOME.
     *
     * @param role {@code broker} or {@code dealer}
     */
    record Announcement(String role, String flag) {
        @Override
        public String toString() {
            return role + "." + flag;
        }
    }
}
