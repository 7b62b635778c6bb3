package dev.weft.cluster.link;

import dev.weft.link.NodeId;

/**
 * What is to be seen of a link at one moment; the figures are 0 unless it is up or suspended.
 *
 * @param queuedBytes waiting to be sent, roughly
 * @param replayBytes kept to be sent again over another connection
 * @param framesSent numbered frames
 * @param framesReceived numbered frames
 * @param framesUnacknowledged numbered frames sent that the peer has not acknowledged yet
 * @param bytesSent over this link, frames of every kind included
 * @param bytesReceived likewise
 * @param resumes how often the link went on over another connection
 * @param roundTripNanos of the last ping, 0 before its first answer
 */
public record LinkStatus(
        NodeId peer,
        LinkState state,
        long queuedBytes,
        long replayBytes,
        long framesSent,
        long framesReceived,
        long framesUnacknowledged,
        long bytesSent,
        long bytesReceived,
        long resumes,
        long roundTripNanos) {

    static LinkStatus notUp(NodeId peer, LinkState state) {
        return new LinkStatus(peer, state, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
