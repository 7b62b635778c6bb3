package dev.weft.wamp;

/**
 * What the session meta API tells of a session ("Session Meta API").
 *
 * @param transport how the client is connected: {@code websocket} or {@code rawsocket}
 */
public record SessionDetails(Identity identity, String authmethod, String authprovider, String transport) {}
