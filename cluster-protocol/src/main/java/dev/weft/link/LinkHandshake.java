package dev.weft.link;

/** The frames by which two nodes come to a link, before anything else is said: see {@link HandshakeCodec}. */
public sealed interface LinkHandshake extends LinkFrame permits LinkHello, LinkProof, LinkWelcome, LinkReject {}
