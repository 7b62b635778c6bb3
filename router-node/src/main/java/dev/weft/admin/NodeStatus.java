package dev.weft.admin;

import java.util.Map;

/** What the admin port shows of its node beside its health: figures and lists. Never blocks, except where said. */
public interface NodeStatus {
    /** The node in figures. Called on a thread that may block. */
    Map<String, Object> overview();

    /** The configuration that it runs with, by keys; without what is secret. */
    Map<String, Object> configuration();

    /** The connections of its clients. */
    Rows connections();

    /** The sessions of its clients, and what they have. */
    Rows sessions();

    /** The connections that were closed last. */
    Rows closed();

    Rows realms();

    /** What somebody in the cluster has subscribed to. */
    Rows subscriptions();

    /** What somebody in the cluster has registered, once for each callee. */
    Rows registrations();
}
