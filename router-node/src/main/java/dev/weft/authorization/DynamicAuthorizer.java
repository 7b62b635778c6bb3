package dev.weft.authorization;

/**
 * A procedure that is asked about requests of a role.
 *
 * @param procedure registered by a client of the realm
 * @param timeoutMillis after which a request that it has not answered is denied
 * @param memoryMillis for how long an answer that may be kept is; 0 for not at all
 */
public record DynamicAuthorizer(String procedure, long timeoutMillis, long memoryMillis) {}
