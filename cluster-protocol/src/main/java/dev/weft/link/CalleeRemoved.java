package dev.weft.link;

import dev.weft.wamp.MatchPolicy;

/** A session of the sending node holds this registration no more. */
public record CalleeRemoved(String realm, MatchPolicy match, String procedure, long registration, long session)
        implements TableChange {}
