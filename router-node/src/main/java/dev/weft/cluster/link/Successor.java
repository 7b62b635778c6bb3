package dev.weft.cluster.link;

import io.netty.channel.EventLoop;

/** A connection whose handshake wants to go on with a link. Called on its own event loop. */
interface Successor {
    EventLoop loop();

    /**
     * The link is suspended now and lives on this event loop: nothing comes over its earlier connection any more.
     *
     * @param handled numbered frames that it has handled
     */
    void granted(long handled);

    /** The link has ended. */
    void refused();

    /** A later connection goes on with the link. */
    void superseded();
}
