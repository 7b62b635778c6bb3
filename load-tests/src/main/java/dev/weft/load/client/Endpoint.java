package dev.weft.load.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where sessions connect, and what they speak there.
 *
 * @param path of WebSocket's request; empty for the others
 */
public record Endpoint(Speech speech, boolean tls, String host, int port, String path) {
    /** What the forms have to be, for messages. */
    public static final String FORM =
            "an address such as rs://127.0.0.1:8080, rss://..., ws://127.0.0.1:8080/ws or wss://...";

    /** What is spoken. */
    public enum Speech {
        RAWSOCKET,
        WEBSOCKET,
        /** WebSocket with permessage-deflate. */
        DEFLATED_WEBSOCKET,
        /** The text protocol of NATS, to compare with. */
        NATS,
        /** The frames of the bare relay, to compare with. */
        RELAY
    }

    /** @throws IllegalArgumentException it is not of the form {@link #FORM} */
    public static Endpoint parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            Speech speech = switch (scheme) {
                case "rs", "rss" -> Speech.RAWSOCKET;
                case "ws", "wss" -> Speech.WEBSOCKET;
                case "ws+deflate", "wss+deflate" -> Speech.DEFLATED_WEBSOCKET;
                case "nats" -> Speech.NATS;
                case "relay" -> Speech.RELAY;
                default -> throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
            };
            if (uri.getHost() == null || uri.getPort() < 1) {
                throw new IllegalArgumentException("expected a host and a port, found '" + text + "'");
            }
            boolean tls = scheme.equals("rss") || scheme.startsWith("wss");
            boolean hasPath = speech == Speech.WEBSOCKET || speech == Speech.DEFLATED_WEBSOCKET;
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new Endpoint(speech, tls, uri.getHost(), uri.getPort(), hasPath ? path : "");
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'", wrong);
        }
    }

    @Override
    public String toString() {
        String scheme = switch (speech) {
            case RAWSOCKET -> tls ? "rss" : "rs";
            case WEBSOCKET -> tls ? "wss" : "ws";
            case DEFLATED_WEBSOCKET -> tls ? "wss+deflate" : "ws+deflate";
            case NATS -> "nats";
            case RELAY -> "relay";
        };
        return scheme + "://" + host + ":" + port + path;
    }
}
