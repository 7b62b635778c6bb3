package dev.weft.wamp;

/** Who a session is, as far as it may be disclosed to another: the session's id, its authid and its authrole. */
public record Identity(long session, String authid, String authrole) {}
