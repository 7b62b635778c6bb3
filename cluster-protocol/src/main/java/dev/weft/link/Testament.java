package dev.weft.link;

import dev.weft.wamp.Identity;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import org.jspecify.annotations.Nullable;

/**
 * An event that is published when its session ends.
 *
 * @param publication its id, drawn when it was added, so that it is the same on every node
 * @param publisher the session, if its identity is to be disclosed
 */
public record Testament(
        long publication,
        String topic,
        boolean retain,
        @Nullable Identity publisher,
        @Nullable Ppt ppt,
        @Nullable ReceiverFilter receivers,
        Payload payload) {

    /** The same testament with a payload that outlives the batch it was read in. */
    public Testament keep() {
        Payload kept = payload.keep();
        return kept == payload ? this : new Testament(publication, topic, retain, publisher, ppt, receivers, kept);
    }
}
