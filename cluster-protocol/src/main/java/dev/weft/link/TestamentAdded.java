package dev.weft.link;

import dev.weft.wamp.TestamentScope;

/** A session of the sending node added a testament. */
public record TestamentAdded(String realm, long session, TestamentScope scope, Testament testament)
        implements TableChange {}
