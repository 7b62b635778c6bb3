package dev.weft.broker;

/** What the broker of one realm on one event loop counts. */
public enum BrokerTally {
    /** PUBLISH of this event loop's sessions. */
    PUBLISHED,
    /** Those for which nobody in the cluster has subscribed. */
    UNMATCHED,
    /** Publications sent on to another event loop or node, once for each. */
    FORWARDED,
    /** EVENT to a subscriber of this event loop. */
    DELIVERED,
    /** Subscribers that an event was not for: its publisher, or by {@code eligible} and {@code exclude}. */
    WITHHELD,
    /** Sessions that came to hold a subscription, once for each. */
    SUBSCRIBED,
    /** Sessions that held a subscription and do no more. */
    UNSUBSCRIBED,
    /** SUBSCRIBE of a session that has, or whose realm has on this node, as many subscriptions as it may. */
    REFUSED_AT_LIMIT
}
