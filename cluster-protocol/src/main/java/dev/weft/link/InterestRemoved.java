package dev.weft.link;

import dev.weft.wamp.MatchPolicy;

/** The last subscriber of the sending node to this subscription left. */
public record InterestRemoved(String realm, MatchPolicy match, String topic, long subscription)
        implements TableChange {}
