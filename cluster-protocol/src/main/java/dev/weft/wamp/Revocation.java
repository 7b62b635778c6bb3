package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** What a router tells a peer whose subscription or registration it revoked: the id (the key on the wire is {@code subscription} or {@code registration}) and why. */
public record Revocation(long id, @Nullable String reason) {}
