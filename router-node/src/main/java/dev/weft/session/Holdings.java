package dev.weft.session;

/**
 * What a session has.
 *
 * @param subscriptions that it holds or has asked for
 * @param registrations that it holds or has asked for
 * @param callsInFlight calls of its own that are not answered
 * @param invocationsPending calls that it has not answered
 */
public record Holdings(int subscriptions, int registrations, int callsInFlight, int invocationsPending) {}
