package dev.weft.node.status;

/**
 * A subscription as it is listed.
 *
 * @param topic or pattern
 * @param nodes with a subscriber, separated by blanks
 */
public record SubscriptionRow(String realm, String topic, String match, long subscription, String nodes) {}
