package dev.weft.wamp.codec;

/**
 * What a decoder accepts from a peer. The length of a message in bytes is the transport's business.
 *
 * @param maxDepth how deep lists and dicts may be nested inside the payload or the details, 1 being a flat list
 * @param maxElements how many values one message may hold, keys included
 * @param maxUriLength how many characters a URI may have
 */
public record DecodeLimits(int maxDepth, int maxElements, int maxUriLength) {
    public static final DecodeLimits DEFAULT = new DecodeLimits(64, 1_000_000, 255);
}
