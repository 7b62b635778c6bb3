package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** What is done with the messages of one connection, once they are out of their frames. */
interface MessageSink {
    /** A message; its bytes are valid during the call only. */
    void message(ByteBuf bytes, int offset, int length, boolean text);

    /** See {@link ConnectionListener#helloTooLarge}. */
    void helloTooLarge(String fault);

    /** See {@link ConnectionListener#paceChanged}. */
    void paceChanged(Pace before, Pace now);

    /** The last call: the connection is gone. */
    void closed(CloseReason reason);
}
