package dev.weft.transport;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;

/** Who is told what comes over one connection. Called on the event loop of the connection. */
public interface ConnectionListener {
    /** A message; its payload is valid during the call only. */
    void message(WampMessage message);

    /** The peer sent something that is no message. No further message follows; the listener closes the connection. */
    void violation(ProtocolViolation violation);

    /**
     * The peer sent, or began, a longer message than it may before WELCOME. No further message follows; the listener
     * closes the connection.
     */
    default void helloTooLarge(String fault) {}

    /** The peer takes what it is sent in another way than before. Also called while something is sent to it. */
    default void paceChanged(Pace before, Pace now) {}

    /** The last call: the connection is gone. */
    void closed(CloseReason reason);
}
