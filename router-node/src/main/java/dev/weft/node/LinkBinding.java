package dev.weft.node;

import dev.weft.config.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Where links are to be listened for. Members are told the port seconds before that, so any free one (port 0) is found at once, and
 * kept until {@link #close}: bound, and not listened at, so that who connects too early is refused and comes again.
 */
final class LinkBinding implements Closeable {
    private final Socket kept = new Socket();
    private final HostPort address;

    /** @throws IOException if there is no such address here, or no free port */
    LinkBinding(HostPort wanted) throws IOException {
        if (wanted.port() != 0) {
            address = wanted;
            return;
        }
        try {
            kept.bind(new InetSocketAddress(wanted.host(), 0));
        } catch (IOException failure) {
            kept.close();
            throw new IOException("Links cannot listen on " + wanted + ": " + failure.getMessage(), failure);
        }
        address = new HostPort(wanted.host(), kept.getLocalPort());
    }

    /** With the port found. */
    HostPort address() {
        return address;
    }

    /** Lets the port go: for who listens at it next. */
    @Override
    public void close() {
        try {
            kept.close();
        } catch (IOException alreadyGone) {
            // Nothing is kept then.
        }
    }
}
