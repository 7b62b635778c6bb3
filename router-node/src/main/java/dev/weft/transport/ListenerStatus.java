package dev.weft.transport;

/**
 * What is to be seen of a listener at one moment.
 *
 * @param address as configured
 * @param connections that are open, those in their handshake included
 * @param maxConnections that may be
 */
public record ListenerStatus(String name, String address, int connections, int maxConnections) {}
