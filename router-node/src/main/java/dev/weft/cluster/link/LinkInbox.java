package dev.weft.cluster.link;

import dev.weft.link.LinkControl;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkHandshake;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;

/**
 * The receiving half of a link: hands frames on, counts those that are numbered and says when they have to be acknowledged.
 * On the event loop of the link, except where said.
 */
final class LinkInbox {
    /** Who gets the frames. A numbered one is handled when the call returns. */
    interface Receiver {
        void routed(RoutedMessage message);

        void changed(TableChange change);

        void control(LinkControl control) throws LinkViolation;
    }

    /** Acknowledge routed messages, for whose acknowledgement nobody waits, when there are so many of them. */
    private static final long LAZY_FRAMES = 256;

    /** And not later than after so many bytes: much less than a window of the sender has. */
    private static final long LAZY_BYTES = 256 * 1024;

    private final LinkDecoder decoder;
    private final Receiver receiver;
    private long handled;
    private long handledBytes;
    private long acknowledged;
    private long acknowledgedBytes;
    private boolean peerWaits;
    private volatile long shown;

    LinkInbox(LinkDecoder decoder, Receiver receiver) {
        this.decoder = decoder;
        this.receiver = receiver;
    }

    /** The next frame: {@code length} octets from the reader index on. */
    void frame(ByteBuf in, int length) throws LinkViolation {
        LinkFrame frame = decoder.decode(in, length);
        if (frame instanceof RoutedMessage message) {
            receiver.routed(message);
            handled(length);
        } else if (frame instanceof TableChange change) {
            receiver.changed(change);
            handled(length);
            peerWaits = true;
        } else if (frame instanceof LinkControl control) {
            receiver.control(control);
        } else {
            throw new LinkViolation(((LinkHandshake) frame).getClass().getSimpleName() + " after the handshake");
        }
    }

    private void handled(int length) {
        handled++;
        handledBytes += length;
    }

    /** No frame follows for now. */
    void readComplete() {
        shown = handled;
    }

    /** Numbered frames handled. */
    long handled() {
        return handled;
    }

    /** Numbered frames handled, a moment ago. Any thread. */
    long received() {
        return shown;
    }

    /** Whether there is something to acknowledge. */
    boolean hasNews() {
        return handled > acknowledged;
    }

    /** Whether it should be acknowledged now: the peer may wait for it, or it has become much. */
    boolean isAcknowledgementDue() {
        return hasNews()
                && (peerWaits
                        || handled - acknowledged >= LAZY_FRAMES
                        || handledBytes - acknowledgedBytes >= LAZY_BYTES);
    }

    /** The peer is told that so many frames were handled. */
    long acknowledge() {
        acknowledged = handled;
        acknowledgedBytes = handledBytes;
        peerWaits = false;
        return handled;
    }
}
