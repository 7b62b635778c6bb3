package dev.weft.cluster.link;

import dev.weft.link.GoodbyeReason;
import dev.weft.link.LinkAck;
import dev.weft.link.LinkControl;
import dev.weft.link.LinkGoodbye;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkPong;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each frame that came over a link to whom it is for: what is for the node to its listener, what keeps the link going
 * to the other half of the link. On the event loop of the link.
 */
final class FrameDispatcher implements LinkInbox.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDispatcher.class);

    private final PeerLink link;
    private final LinkOutbox outbox;
    private final LinkMeter meter;
    private final LinkListener listener;
    private final LongSupplier clock;

    FrameDispatcher(PeerLink link, LinkOutbox outbox, LinkMeter meter, LinkEnvironment environment) {
        this.link = link;
        this.outbox = outbox;
        this.meter = meter;
        this.listener = environment.listener();
        this.clock = environment.clock();
    }

    @Override
    public void routed(RoutedMessage message) {
        listener.routed(link, message);
    }

    @Override
    public void changed(TableChange change) {
        listener.changed(link, change);
    }

    @Override
    public void control(LinkControl control) throws LinkViolation {
        if (control instanceof LinkAck ack) {
            outbox.acknowledgedByPeer(ack.handled());
        } else if (control instanceof LinkPing ping) {
            outbox.sendNow(new LinkPong(ping.token()));
        } else if (control instanceof LinkPong pong) {
            meter.roundTrip(clock.getAsLong() - pong.token());
        } else if (control instanceof LinkGoodbye goodbye) {
            LOG.info("{} ended the link: {}", link.peer(), goodbye.reason());
            boolean clean = goodbye.reason() == GoodbyeReason.LEAVING;
            link.goDown(clean ? LinkDownReason.PEER_LEFT : LinkDownReason.PEER_ENDED);
        }
    }
}
