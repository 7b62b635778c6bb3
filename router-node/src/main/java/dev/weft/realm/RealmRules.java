package dev.weft.realm;

import dev.weft.authorization.LoopAuthorizer;
import dev.weft.session.DisclosurePolicy;

/**
 * What the sessions of a realm may do, on one event loop. All of it changes at once.
 *
 * @param disclosure what they are told of each other
 * @param routerProcedures what the router alone calls
 */
public record RealmRules(
        LoopAuthorizer authorizer, DisclosurePolicy disclosure, RoleLimits limits, RouterProcedures routerProcedures) {}
