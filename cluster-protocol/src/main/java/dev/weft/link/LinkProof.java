package dev.weft.link;

/**
 * Proof that the sender knows the cluster's secret, made for this one connection: see {@link LinkSecret}.
 *
 * @param mac {@link LinkSecret#MAC_BYTES} bytes
 */
public record LinkProof(byte[] mac) implements LinkHandshake {}
