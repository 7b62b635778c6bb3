package dev.weft.cluster.link;

import java.time.Duration;

/**
 * How patient links are.
 *
 * @param heartbeat between two pings
 * @param silence a peer that is not heard for this long is dead; several heartbeats
 * @param handshake from the connection to the link
 * @param farewell how long a link that is closed may take to send what is left
 * @param shortestPause before a node that could not be reached is called again; doubled each time
 * @param longestPause where the doubling ends
 * @param resumeGrace how long a link that lost its connection waits for the next one; zero for not at all
 * @param forgetAfter how long a node that is no member is called without an answer
 */
public record LinkTimes(
        Duration heartbeat,
        Duration silence,
        Duration handshake,
        Duration farewell,
        Duration shortestPause,
        Duration longestPause,
        Duration resumeGrace,
        Duration forgetAfter) {
    public static final LinkTimes DEFAULT = new LinkTimes(
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofHours(1));

    public LinkTimes {
        if (silence.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException("silence must be longer than the heartbeat");
        }
    }
}
