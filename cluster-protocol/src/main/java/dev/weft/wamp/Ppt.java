package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** The attributes of payload passthru mode; copied from the sender's options to the receiver's details, never looked into. */
public record Ppt(
        String scheme,
        @Nullable String serializer,
        @Nullable String cipher,
        @Nullable String keyid) {}
