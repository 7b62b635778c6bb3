package dev.weft.load.chaos.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** One TCP connection between two nodes: the half that a node made to the proxy, and the half made in its place. */
final class LinkConnection {
    private final LinkState state;
    private final Channel near;
    private final Channel far;
    private final LinkRelay outward;
    private final LinkRelay inward;

    LinkConnection(LinkState state, Channel near, Channel far) {
        this.state = state;
        this.near = near;
        this.far = far;
        outward = new LinkRelay(this, state, near, far);
        inward = new LinkRelay(this, state, far, near);
        state.connections.add(this);
    }

    /** What the node that connected sends. */
    LinkRelay outward() {
        return outward;
    }

    LinkRelay inward() {
        return inward;
    }

    /** Passes on what may go now. */
    void resume() {
        outward.pass();
        inward.pass();
    }

    /** Both ends see a connection that was reset, in whatever state their octets are. */
    void reset() {
        abort(near);
        abort(far);
        close();
    }

    /** Closes it by a reset. */
    static void abort(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }

    void close() {
        state.connections.remove(this);
        near.close();
        far.close();
        outward.discard();
        inward.discard();
    }
}
