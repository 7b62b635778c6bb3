package dev.weft.testkit;

import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of one origin in a browser: opens WebSockets with the cookie that it was given last. */
public final class Browser {
    private static final Pattern SET_COOKIE = Pattern.compile("\r\nSet-Cookie: ([^=]+=[^;]+); ([^\r]*)\r\n");

    private final String origin;
    private String cookie = "";
    private String attributes = "";
    private boolean given;

    public Browser(String origin) {
        this.origin = origin;
    }

    /** Opens a WebSocket to a port of this machine. */
    public TestClient connect(int port) throws IOException {
        return connect(WebSocketClient.connect(port));
    }

    /** Opens a WebSocket over a connection. */
    public TestClient connect(WebSocketClient socket) throws IOException {
        String response = socket.request(request());
        if (!response.startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new IOException(response);
        }
        Matcher set = SET_COOKIE.matcher(response);
        given = set.find();
        if (given) {
            cookie = set.group(1);
            attributes = set.group(2);
        }
        return TestClient.over(socket, SerializerId.JSON);
    }

    /** What it asks for to open a WebSocket. */
    public String request() {
        return WebSocketClient.upgrade(
                "/ws",
                SerializerId.JSON.subprotocol(),
                "Origin: " + origin + "\r\n",
                cookie.isEmpty() ? "" : "Cookie: other=1; " + cookie + "\r\n");
    }

    /** Name and value of its cookie. */
    public String cookie() {
        return cookie;
    }

    /** It has this cookie now, from wherever. */
    public Browser with(String other) {
        cookie = other;
        return this;
    }

    /** What it was told with the cookie. */
    public String attributes() {
        return attributes;
    }

    /** Whether it was given a cookie with its latest connection. */
    public boolean isGivenOne() {
        return given;
    }
}
