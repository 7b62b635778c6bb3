package dev.weft.link;

/** No link; the sender closes the connection. */
public record LinkReject(RejectReason reason) implements LinkHandshake {}
