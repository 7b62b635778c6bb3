package dev.weft.cluster.table;

/**
 * How many cookies may stand for somebody.
 *
 * @param ofPrincipal for one principal of a realm
 * @param all for all together
 */
public record CookieLimits(int ofPrincipal, int all) {}
