package dev.weft.link;

import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;

/**
 * A session of the sending node registered a procedure.
 *
 * @param order place in the order of registration, decided for the whole cluster; not necessarily without gaps
 * @param term of the cluster's membership when it was granted; 0 if a node of version 1 told it
 * @param loop the event loop of the session on its node
 * @param traits none if a node of version 1 or 2 told it
 */
public record CalleeAdded(
        String realm,
        MatchPolicy match,
        String procedure,
        InvocationPolicy invoke,
        long registration,
        long order,
        long session,
        long term,
        int loop,
        CalleeTraits traits)
        implements TableChange {}
