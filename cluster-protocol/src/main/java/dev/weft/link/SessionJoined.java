package dev.weft.link;

import dev.weft.wamp.SessionDetails;

/**
 * A session of the sending node was opened.
 *
 * @param loop the event loop of the session on its node
 */
public record SessionJoined(String realm, SessionDetails details, int loop) implements TableChange {}
