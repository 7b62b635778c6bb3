package dev.weft.load.client;

import dev.weft.load.relay.RelayFrame;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A connection to the bare relay. */
final class RelayPeer extends StreamHandler implements Peer {
    private final PlainArguments arguments;
    private final SessionLife life;
    private final Queue<CompletableFuture<Void>> joining = new ArrayDeque<>();
    private final Stamp stamp = new Stamp();
    private PeerListener listener = PeerListener.NONE;

    RelayPeer(PlainArguments arguments, SessionLife life) {
        this.arguments = arguments;
        this.life = life;
    }

    @Override
    public void listen(PeerListener whoListens) {
        listener = whoListens;
    }

    @Override
    public CompletableFuture<Void> register(String procedure) {
        return join(RelayFrame.address(procedure));
    }

    @Override
    public CompletableFuture<Void> subscribe(String topic, MatchPolicy match) {
        if (match != MatchPolicy.EXACT) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("the relay has no patterns"));
        }
        return join(RelayFrame.address(topic));
    }

    private CompletableFuture<Void> join(int address) {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        joining.add(joined);
        out().writeInt(2 * Integer.BYTES).writeInt(RelayFrame.JOIN).writeInt(address);
        flushSoon();
        return joined;
    }

    @Override
    public void call(String procedure, int size, Stamp with) {
        write(RelayFrame.address(procedure), RelayFrame.CALL, size);
        arguments.write(size, with, out());
    }

    @Override
    public void publish(String topic, int size, Stamp with) {
        write(RelayFrame.address(topic), RelayFrame.EVENT, size);
        arguments.write(size, with, out());
    }

    private void write(int address, int kind, int size) {
        out().writeInt(Integer.BYTES + 1 + RelayFrame.PADDING + size)
                .writeInt(address)
                .writeByte(kind)
                .writeZero(RelayFrame.PADDING);
    }

    @Override
    public void abandon() {
        life.abandon(context().channel());
    }

    /** Joins an address that nobody sends to, so that the relay answers. */
    @Override
    protected void onOpen() {
        CompletableFuture<Void> ready = join(RelayFrame.address("nothing"));
        ready.thenRun(() -> life.begun(this));
    }

    @Override
    protected boolean readNext(ByteBuf in) throws ProtocolViolation {
        int start = in.readerIndex();
        if (in.readableBytes() < RelayFrame.HEADER_LENGTH) {
            return false;
        }
        int length = Integer.BYTES + in.getInt(start);
        if (in.readableBytes() < length) {
            return false;
        }
        int sender = in.getInt(start + Integer.BYTES);
        if (sender == RelayFrame.JOIN) {
            joining.remove().complete(null);
        } else {
            receive(in, start, length, sender);
        }
        in.readerIndex(start + length);
        return true;
    }

    private void receive(ByteBuf in, int start, int length, int sender) throws ProtocolViolation {
        int argument = start + RelayFrame.HEADER_LENGTH + 1 + RelayFrame.PADDING;
        int end = start + length;
        if (!stamp.read(in, end - Stamp.LENGTH)) {
            throw new ProtocolViolation("a frame whose argument nobody here has sent");
        }
        switch (in.getByte(start + RelayFrame.HEADER_LENGTH)) {
            case RelayFrame.CALL -> {
                write(sender, RelayFrame.ANSWER, end - argument);
                out().writeBytes(in, argument, end - argument);
                listener.invoked(stamp);
            }
            case RelayFrame.ANSWER -> listener.answered(stamp);
            default -> listener.received(0, stamp);
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        joining.forEach(each -> each.completeExceptionally(cause));
        joining.clear();
        life.failed(cause);
    }
}
