package dev.weft.link;

/** Frames of the link itself once it is up: heartbeat, acknowledgement, farewell. They are not numbered. */
public sealed interface LinkControl extends LinkFrame permits LinkPing, LinkPong, LinkAck, LinkGoodbye {}
