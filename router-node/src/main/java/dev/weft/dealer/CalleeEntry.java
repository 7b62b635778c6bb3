package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.wamp.InvocationPolicy;

/**
 * One callee of a registration, wherever it is.
 *
 * @param session its session id
 * @param lane where it is reached
 * @param loop the event loop of the session on its node
 * @param order its place in the order of registration, decided for the whole cluster
 */
public record CalleeEntry(long session, Lane lane, int loop, long registration, long order, InvocationPolicy invoke) {}
