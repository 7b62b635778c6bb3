package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code PUBLISH.Options}. {@code excludeMe} is true and all else false or null when absent. */
public record PublishOptions(
        boolean acknowledge,
        boolean excludeMe,
        boolean discloseMe,
        boolean retain,
        @Nullable ReceiverFilter receivers,
        @Nullable Ppt ppt) {
    /** All options left out. */
    public static final PublishOptions DEFAULT = new PublishOptions(false, true, false, false, null, null);
}
