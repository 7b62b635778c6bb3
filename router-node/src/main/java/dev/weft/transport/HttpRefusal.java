package dev.weft.transport;

import java.nio.charset.StandardCharsets;

/**
 * An answer to a request that opens no WebSocket, with words that say what is wrong.
 *
 * @param status code and phrase
 * @param header a header of its own with its line end, or nothing
 */
record HttpRefusal(String status, String header, String words) {
    HttpRefusal(String status, String words) {
        this(status, "", words);
    }

    /** The whole response. */
    byte[] bytes() {
        String body = words + "\n";
        String head = "HTTP/1.1 " + status + "\r\n"
                + header
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + "Connection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }
}
