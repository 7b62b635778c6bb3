package dev.weft.dealer;

import dev.weft.lane.Lane;

/**
 * An INVOCATION that is not answered yet, on the event loop of its callee.
 *
 * @param request the id of the INVOCATION
 * @param call how the node of the caller names the call
 * @param from the lane that the answer goes to
 */
record PendingInvocation(Callee callee, long request, long call, Lane from, boolean receiveProgress) {}
