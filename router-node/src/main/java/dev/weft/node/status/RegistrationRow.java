package dev.weft.node.status;

/**
 * A callee of a registration as it is listed.
 *
 * @param procedure or pattern
 * @param session of the callee
 */
public record RegistrationRow(
        String realm, String procedure, String match, String invoke, long registration, long session, String node) {}
