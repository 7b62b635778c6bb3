package dev.weft.load.scenario;

import dev.weft.wamp.SerializerId;
import java.util.List;

/**
 * What messages are like. Lists are used in turn.
 *
 * @param payloads sizes of the one argument in octets
 * @param serializers of callers or publishers
 * @param otherSerializers of callees or subscribers
 */
public record Messages(
        Pace pace, List<Integer> payloads, List<SerializerId> serializers, List<SerializerId> otherSerializers) {

    /** Octets of the argument of a sender's message, counted from 0. */
    public int payload(long number) {
        return payloads.get((int) (number % payloads.size()));
    }
}
