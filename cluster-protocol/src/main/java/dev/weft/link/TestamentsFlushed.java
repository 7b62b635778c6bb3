package dev.weft.link;

import dev.weft.wamp.TestamentScope;

/** A session of the sending node took back its testaments of one scope. */
public record TestamentsFlushed(String realm, long session, TestamentScope scope) implements TableChange {}
