package dev.weft.transport;

import dev.weft.lane.Congestible;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.ReadPause;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Octets;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection on a socket whose transport handshake is through. */
final class SocketConnection implements Connection, FrameReceiver, KeepAlive.Peer {
    private final SocketHandler socket;
    private final LoopResources loop;
    private final OutboundQueue queue;
    private final Serializer serializer;
    private final boolean text;
    private final FrameWriter writer;
    private final @Nullable MessageDeflater deflater;
    private final KeepAlive keepAlive;
    private @Nullable ReadPause pause;
    private @Nullable PeerPace pace;
    private @Nullable MessageSink sink;
    private long received;
    private long receivedBefore;
    private ClosedConnection.@Nullable Holder holder;
    private boolean closing;
    private boolean receiving = true;
    private boolean inSession;
    private boolean hasPinged;

    /** @param deflater what compresses each message by itself, or null */
    SocketConnection(
            SocketHandler socket, SerializerId serializer, FrameWriter writer, @Nullable MessageDeflater deflater) {
        this.socket = socket;
        this.loop = socket.loop();
        this.queue = socket.queue();
        this.serializer = loop.serializer(serializer);
        this.text = serializer.isText();
        this.writer = writer;
        this.deflater = deflater;
        this.keepAlive = new KeepAlive(loop.loop(), socket.limits(), this);
    }

    /** Hands the connection to who deals with its messages. */
    void open(Function<SocketConnection, MessageSink> sinks) {
        keepAlive.start();
        sink = sinks.apply(this);
    }

    @Override
    public long id() {
        return socket.id();
    }

    @Override
    public String peer() {
        return socket.peer();
    }

    @Override
    public String transport() {
        String name = framing() == Framing.RAWSOCKET ? "rawsocket" : "websocket";
        return socket.isTls() ? name + "+tls" : name;
    }

    @Override
    public ConnectionStatus status() {
        return socket.status(messagesReceived());
    }

    long messagesReceived() {
        return receivedBefore + received;
    }

    @Override
    public void inSession(boolean open) {
        inSession = open;
    }

    @Override
    public void heldBy(ClosedConnection.Holder last) {
        holder = last;
    }

    /** Who had it last, of sessions that have ended. */
    ClosedConnection.@Nullable Holder holder() {
        return holder;
    }

    LoopTraffic traffic() {
        return loop.traffic();
    }

    @Override
    public PeerCredentials credentials() {
        return socket.credentials();
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public Framing framing() {
        return writer.framing();
    }

    @Override
    public LocalLane lane() {
        return loop.lane();
    }

    @Override
    public boolean send(WampMessage message) {
        if (closing) {
            return true;
        }
        Payload payload = message.payload();
        ByteBuf scratch = loop.scratch();
        if (deflater != null || !isOurs(payload)) {
            serializer.encode(message, scratch);
            return counted(message, sendEncoded(scratch, 0, scratch.readableBytes(), text));
        }
        int head = encodeAround(message, scratch);
        int length = scratch.readableBytes() + payload.length();
        if (length > writer.maxMessageSize()) {
            return false;
        }
        int size = writer.headerLength(length) + length + writer.trailerLength();
        ByteBuf out = queue.roomForMessage(size);
        writeAround(out, scratch, head, payload);
        queue.messageWritten(size);
        sent();
        return counted(message, true);
    }

    private boolean counted(WampMessage message, boolean sent) {
        if (sent) {
            loop.traffic().sent().increment(message.type());
            LoopTrace trace = loop.traffic().trace();
            if (trace != null) {
                trace.sent(this, message);
            }
        }
        return sent;
    }

    @Override
    public Frame frame(WampMessage message) {
        Payload payload = message.payload();
        ByteBuf scratch = loop.scratch();
        int head;
        if (isOurs(payload)) {
            head = encodeAround(message, scratch);
        } else {
            serializer.encode(message, scratch);
            head = scratch.readableBytes();
            payload = Payload.EMPTY;
        }
        int length = scratch.readableBytes() + payload.length();
        int header = writer.headerLength(length);
        ByteBuf bytes = socket.allocator().directBuffer(header + length + writer.trailerLength());
        writeAround(bytes, scratch, head, payload);
        return new Frame(bytes, header, writer.trailerLength());
    }

    @Override
    public boolean send(Frame frame) {
        if (closing) {
            return true;
        }
        if (frame.messageLength() > writer.maxMessageSize()) {
            return false;
        }
        queue.writeShared(deflater == null ? frame.bytes() : frame.deflated(deflater, socket.allocator(), text));
        sent();
        loop.traffic().sent().increment(MessageType.EVENT);
        LoopTrace trace = loop.traffic().trace();
        if (trace != null) {
            trace.sent(this, frame);
        }
        return true;
    }

    /** Frames and sends the bytes of a message. */
    boolean sendEncoded(ByteBuf bytes, int offset, int length, boolean asText) {
        if (closing) {
            return true;
        }
        if (length > writer.maxMessageSize()) {
            return false;
        }
        if (deflater != null) {
            ByteBuf frame = deflater.frame(socket.allocator(), bytes, offset, length, asText);
            queue.writeShared(frame);
            frame.release();
        } else {
            int size = writer.headerLength(length) + length + writer.trailerLength();
            ByteBuf out = queue.roomForMessage(size);
            writer.writeHeader(out, length, asText);
            Octets.append(bytes, offset, length, out);
            writer.writeTrailer(out);
            queue.messageWritten(size);
        }
        sent();
        return true;
    }

    @Override
    public Pace pace() {
        return pace == null ? Pace.KEEPS_UP : pace.pace();
    }

    /** More waits for the peer than the soft mark now, or much less does again. */
    void marked(boolean above) {
        PeerPace present = pace;
        if (present == null && above) {
            present = new PeerPace(socket.channel(), queue, this::paceChanged);
            pace = present;
        }
        if (present != null) {
            present.marked(above);
        }
    }

    private void paceChanged(Pace before, Pace now) {
        loop.traffic().paces().changed(before, now);
        if (sink != null) {
            sink.paceChanged(before, now);
        }
    }

    /** Nanoseconds since when nothing is read, because something that the peer feeds is congested; 0 if something is. */
    long heldFor() {
        return pause == null ? 0 : pause.lasts();
    }

    @Override
    public void waitFor(Congestible congested) {
        if (closing) {
            return;
        }
        if (pause == null) {
            pause = new ReadPause(socket.channel(), keepAlive::heard);
        }
        if (pause.until(congested)) {
            loop.traffic()
                    .events()
                    .increment(congested instanceof Lane ? LoopTraffic.Event.STALLED : LoopTraffic.Event.HELD);
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (closing) {
            return;
        }
        end(reason);
        if (writer.writeClose(queue, reason.webSocketCode(), reason.label())) {
            socket.finishAfterPeer();
        } else {
            receiving = false;
            socket.finish();
        }
    }

    @Override
    public boolean isReceiving() {
        return receiving;
    }

    @Override
    public int longestNow(int longest) {
        return inSession ? longest : Math.min(longest, socket.limits().maxHelloSize());
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length, boolean isText) {
        if (!closing && sink != null) {
            received++;
            sink.message(bytes, offset, length, isText);
        }
    }

    @Override
    public void ping(ByteBuf bytes, int offset, int length) {
        hasPinged = true;
        if (!closing) {
            writer.writePong(queue, bytes, offset, length);
            boundQueue();
        }
    }

    @Override
    public void peerCloses(int code) {
        receiving = false;
        if (!closing) {
            end(CloseReason.TRANSPORT_CLOSED);
            writer.writeClose(queue, code, "");
        }
        socket.finish();
    }

    @Override
    public void broken(CloseReason reason, String fault) {
        receiving = false;
        if (reason == CloseReason.MESSAGE_TOO_LARGE && !inSession && !closing && sink != null) {
            sink.helloTooLarge(socket.limits().helloTooLarge());
        }
        if (!closing) {
            end(reason);
            socket.logEnd(reason, fault);
            writer.writeClose(queue, reason.webSocketCode(), reason.label() + ": " + fault);
        }
        socket.finish();
    }

    /** A RawSocket peer is pinged only once it has shown that it knows what a ping is. */
    @Override
    public boolean ping() {
        if (!hasPinged && !writer.isPingUnderstood()) {
            return false;
        }
        writer.writePing(queue);
        return true;
    }

    @Override
    public void dead(CloseReason reason) {
        if (reason == CloseReason.IDLE_TIMEOUT) {
            close(reason);
        } else {
            socket.abandon(reason);
        }
    }

    /**
     * All that came in one read has been handed on.
     *
     * @return how many messages it were
     */
    long readComplete() {
        keepAlive.heard();
        long messages = received;
        if (messages > 0) {
            keepAlive.used();
            receivedBefore += messages;
            received = 0;
        }
        return messages;
    }

    /** The socket is about to be closed without a word: nothing is sent or received any more. */
    void abandoned() {
        closing = true;
        receiving = false;
        keepAlive.stop();
        if (pace != null) {
            pace.stop();
        }
    }

    /** The socket is gone. */
    void gone(CloseReason reason) {
        abandoned();
        if (sink != null) {
            sink.closed(reason);
        }
        if (pace() != Pace.KEEPS_UP) {
            loop.traffic().paces().changed(pace(), Pace.KEEPS_UP);
            pace = null;
        }
    }

    private boolean isOurs(Payload payload) {
        return payload.isEmpty() || payload.serializer() == serializer.id();
    }

    /**
     * Writes all of a message but its payload.
     *
     * @return how many of the bytes come before the payload
     */
    private int encodeAround(WampMessage message, ByteBuf scratch) {
        serializer.encodeHead(message, scratch);
        int head = scratch.readableBytes();
        serializer.encodeTail(scratch);
        return head;
    }

    /** Writes a frame of what {@link #encodeAround} wrote and the payload in its midst. */
    private void writeAround(ByteBuf out, ByteBuf scratch, int head, Payload payload) {
        writer.writeHeader(out, scratch.readableBytes() + payload.length(), text);
        Octets.append(scratch, 0, head, out);
        payload.writeTo(out);
        Octets.append(scratch, head, scratch.readableBytes() - head, out);
        writer.writeTrailer(out);
    }

    private void sent() {
        queue.countMessage();
        keepAlive.used();
        boundQueue();
    }

    private void boundQueue() {
        if (queue.isOverfull()) {
            socket.abandon(CloseReason.SLOW_CONSUMER);
        }
    }

    private void end(CloseReason reason) {
        closing = true;
        keepAlive.stop();
        socket.ends(reason);
    }
}
