package dev.weft.link;

import dev.weft.wamp.MatchPolicy;

/** The sending node has at least one subscriber to this subscription. */
public record InterestAdded(String realm, MatchPolicy match, String topic, long subscription) implements TableChange {}
