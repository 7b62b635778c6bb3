package dev.weft.node;

import dev.weft.tls.TlsProblem;
import dev.weft.tls.TlsSettings;
import dev.weft.tls.TlsStatus;
import dev.weft.tls.TlsWatch;
import dev.weft.tls.WatchedTls;
import java.time.InstantSource;
import java.util.List;

/** Everything of a node that speaks TLS. */
final class NodeTls {
    private final InstantSource clock;
    private final TlsWatch watch = new TlsWatch();

    NodeTls(InstantSource clock) {
        this.clock = clock;
    }

    /** Reads the certificates, and from then on sees to it that they are read again when they change. Blocks. */
    WatchedTls load(TlsSettings settings) throws NodeStartException {
        try {
            WatchedTls tls = WatchedTls.load(settings, clock);
            watch.add(tls);
            return tls;
        } catch (TlsProblem unusable) {
            throw new NodeStartException(settings.name() + ": " + unusable.getMessage(), unusable);
        }
    }

    List<TlsStatus> status() {
        return watch.status();
    }

    void close() {
        watch.close();
    }
}
