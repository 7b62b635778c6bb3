package dev.weft.load;

import dev.weft.wamp.Abort;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One session over one RawSocket connection. What is sent while reading leaves in one write at the end of the read. */
final class WampClient extends ChannelInboundHandlerAdapter {
    private static final Map<String, Object> DETAILS = Map.of(
            "roles", Map.of("caller", Map.of(), "callee", Map.of(), "publisher", Map.of(), "subscriber", Map.of()));

    private final String realm;
    private final Serializer serializer;
    private final Consumer<Throwable> onFailure;
    private final CompletableFuture<WampClient> welcomed = new CompletableFuture<>();
    private final CompletableFuture<Long> granted = new CompletableFuture<>();

    private Consumer<WampMessage> onMessage = message -> {};
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf unread;
    private @Nullable ByteBuf unsent;
    private boolean shaken;
    private long requests;

    /** @param onFailure told once the session is of no use any more */
    WampClient(String realm, Serializer serializer, Consumer<Throwable> onFailure) {
        this.realm = realm;
        this.serializer = serializer;
        this.onFailure = onFailure;
    }

    CompletableFuture<WampClient> welcomed() {
        return welcomed;
    }

    void onMessage(Consumer<WampMessage> receiver) {
        onMessage = receiver;
    }

    /** The next request id of this session. */
    long nextRequest() {
        return ++requests;
    }

    /** A session makes one registration or subscription. */
    CompletableFuture<Long> register(String procedure) {
        return request(() -> new Register(nextRequest(), RegisterOptions.DEFAULT, procedure));
    }

    /** A session makes one registration or subscription. */
    CompletableFuture<Long> subscribe(String topic) {
        return request(() -> new Subscribe(nextRequest(), SubscribeOptions.DEFAULT, topic));
    }

    /** On the session's event loop, where everything is sent: the caller may be on another thread. */
    private CompletableFuture<Long> request(Supplier<WampMessage> message) {
        context().executor().execute(() -> {
            send(message.get());
            flush();
        });
        return granted;
    }

    /** Leaves with the next {@link #flush()}, or at the end of the read that is being handled. */
    void send(WampMessage message) {
        ByteBuf out = out();
        int start = out.writerIndex();
        out.writeInt(0);
        serializer.encode(message, out);
        int length = out.writerIndex() - start - RawSocketFrame.HEADER_LENGTH;
        out.setInt(start, RawSocketFrame.header(RawSocketFrame.Type.WAMP, length));
    }

    void flush() {
        ByteBuf out = unsent;
        if (out == null) {
            return;
        }
        unsent = null;
        context().writeAndFlush(out, context().voidPromise());
    }

    private ByteBuf out() {
        if (unsent == null) {
            unsent = context().alloc().directBuffer(4096);
        }
        return unsent;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        out().writeInt(RawSocketHandshake.of(
                RawSocketHandshake.LONGEST_MESSAGE, serializer.id().rawSocketId()));
        flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) throws ProtocolViolation {
        ByteBuf in = together((ByteBuf) message);
        try {
            if (!shaken && in.readableBytes() >= RawSocketHandshake.LENGTH) {
                shake(in.readInt());
            }
            while (shaken && readFrame(in)) {}
        } finally {
            if (in.isReadable()) {
                unread = in;
            } else {
                in.release();
            }
        }
    }

    private ByteBuf together(ByteBuf arrived) {
        ByteBuf before = unread;
        if (before == null) {
            return arrived;
        }
        unread = null;
        ByteBuf both = context().alloc().directBuffer(before.readableBytes() + arrived.readableBytes());
        both.writeBytes(before).writeBytes(arrived);
        before.release();
        arrived.release();
        return both;
    }

    private void shake(int answer) {
        if (!RawSocketHandshake.isHandshake(answer) || RawSocketHandshake.isRefusal(answer)) {
            fail(new IllegalStateException(
                    "the router refuses the RawSocket handshake: " + Integer.toHexString(answer)));
            return;
        }
        shaken = true;
        send(new Hello(realm, DETAILS));
    }

    private boolean readFrame(ByteBuf in) throws ProtocolViolation {
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH) {
            return false;
        }
        int header = in.getInt(in.readerIndex());
        int length = RawSocketFrame.length(header);
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH + length) {
            return false;
        }
        int start = in.readerIndex() + RawSocketFrame.HEADER_LENGTH;
        switch (RawSocketFrame.type(header)) {
            case WAMP -> receive(serializer.decode(in, start, length));
            case PING ->
                out().writeInt(RawSocketFrame.header(RawSocketFrame.Type.PONG, length))
                        .writeBytes(in, start, length);
            case PONG -> {}
        }
        in.readerIndex(start + length);
        return true;
    }

    private void receive(WampMessage message) {
        switch (message.type()) {
            case WELCOME -> welcomed.complete(this);
            case REGISTERED -> granted.complete(((Registered) message).registration());
            case SUBSCRIBED -> granted.complete(((Subscribed) message).subscription());
            case ABORT -> fail(new IllegalStateException("ABORT: " + ((Abort) message).reason()));
            case GOODBYE -> fail(new IllegalStateException("GOODBYE: " + ((Goodbye) message).reason()));
            case ERROR -> receiveError((ErrorMessage) message);
            default -> onMessage.accept(message);
        }
    }

    /** A call may fail and the session goes on; a session without its registration or subscription is of no use. */
    private void receiveError(ErrorMessage error) {
        if (error.requestType() == MessageType.CALL) {
            onMessage.accept(error);
            return;
        }
        fail(new IllegalStateException("ERROR for " + error.requestType() + ": " + error.error()));
    }

    private void fail(Throwable cause) {
        welcomed.completeExceptionally(cause);
        granted.completeExceptionally(cause);
        onFailure.accept(cause);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        fail(cause);
        broken.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        fail(new IllegalStateException("the router closed the connection"));
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }
}
