package dev.weft.link;

/** Frames of the link itself: handshake, acknowledgement, heartbeat, farewell. */
public sealed interface LinkControl extends LinkFrame permits LinkPing {}
