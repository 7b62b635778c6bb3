package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code PUBLISH.Options}. {@code excludeMe} is true and all else false or null when absent. */
public record PublishOptions(
        boolean acknowledge,
        boolean excludeMe,
        boolean discloseMe,
        boolean retain,
        @Nullable ReceiverFilter receivers,
        @Nullable Ppt ppt,
        @Nullable TraceContext trace) {
    /** All options left out. */
    public static final PublishOptions DEFAULT = new PublishOptions(false, true, false, false, null, null);

    /** Of a publication that is part of no trace. */
    public PublishOptions(
            boolean acknowledge,
            boolean excludeMe,
            boolean discloseMe,
            boolean retain,
            @Nullable ReceiverFilter receivers,
            @Nullable Ppt ppt) {
        this(acknowledge, excludeMe, discloseMe, retain, receivers, ppt, null);
    }
}
