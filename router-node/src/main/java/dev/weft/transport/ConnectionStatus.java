package dev.weft.transport;

/**
 * What is to be seen of a connection at one moment. A session of the HTTP bridge is a connection of its own here; of its bytes
 * those of its stream of events are counted.
 *
 * @param id see {@link Connection#id()}
 * @param peer see {@link Connection#peer()}
 * @param ageNanos since it was opened
 * @param messagesIn WAMP messages that came
 * @param messagesOut WAMP messages that were handed to it
 * @param bytesIn framing included, after TLS
 * @param bytesOut framing included, before TLS
 * @param pendingBytes waiting for the peer to read; of a connection that ends, what waited when that began
 * @param stalledNanos how long something has been waiting all the time; 0 if nothing is
 * @param pace how the peer takes what it is sent
 * @param heldNanos how long it has not been read from, because what it feeds is congested; 0 if it is read from
 */
public record ConnectionStatus(
        long id,
        String peer,
        ConnectionKind kind,
        long ageNanos,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        long pendingBytes,
        long stalledNanos,
        Pace pace,
        long heldNanos) {}
