package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** What a socket expects next: its first octet, a handshake, frames, or nothing any more. */
interface Stage {
    /** Takes whatever comes and does nothing with it. */
    Stage DEAF = in -> {};

    /** Takes what was read. What it wants to keep of {@code in} it copies; {@code in} is released by the caller. */
    void read(ByteBuf in);

    /** Releases what the stage holds: nothing more comes. */
    default void gone() {}
}
