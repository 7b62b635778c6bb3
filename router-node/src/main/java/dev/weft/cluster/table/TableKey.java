package dev.weft.cluster.table;

import dev.weft.wamp.MatchPolicy;

/**
 * What a subscription or a registration is about; equal keys are one subscription, or one registration, of the
 * cluster.
 */
public record TableKey(String realm, MatchPolicy match, String uri) {}
