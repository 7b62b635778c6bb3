package dev.weft.load.client;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A connection to a NATS server, by its text protocol: calls are requests with a reply subject of the connection's own. Only what
 * a comparison needs.
 */
final class NatsPeer extends StreamHandler implements Peer {
    /** What a reply subject was subscribed to as; others count up from here. */
    private static final int INBOX = 1;

    private static final int FIELDS_WITH_REPLY = 5;

    private final PlainArguments arguments;
    private final SessionLife life;
    private final String inbox =
            "_INBOX." + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
    private final Queue<CompletableFuture<Void>> awaitingPong = new ArrayDeque<>();
    private final Stamp stamp = new Stamp();
    private PeerListener listener = PeerListener.NONE;
    private int subscriptions = INBOX;

    NatsPeer(PlainArguments arguments, SessionLife life) {
        this.arguments = arguments;
        this.life = life;
    }

    @Override
    public void listen(PeerListener whoListens) {
        listener = whoListens;
    }

    @Override
    public CompletableFuture<Void> register(String procedure) {
        return subscribe(procedure, MatchPolicy.EXACT);
    }

    @Override
    public CompletableFuture<Void> subscribe(String topic, MatchPolicy match) {
        if (match != MatchPolicy.EXACT) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("NATS matches otherwise"));
        }
        write("SUB " + topic + " " + ++subscriptions + "\r\n");
        return pong();
    }

    /** The server answers in order: with the answer all that was sent before has been done. */
    private CompletableFuture<Void> pong() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        awaitingPong.add(answered);
        write("PING\r\n");
        flushSoon();
        return answered;
    }

    @Override
    public void call(String procedure, int size, Stamp with) {
        write("PUB " + procedure + " " + inbox + " " + size + "\r\n");
        arguments.write(size, with, out());
        write("\r\n");
    }

    @Override
    public void publish(String topic, int size, Stamp with) {
        write("PUB " + topic + " " + size + "\r\n");
        arguments.write(size, with, out());
        write("\r\n");
    }

    private void write(String text) {
        out().writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    @Override
    public void abandon() {
        life.abandon(context().channel());
    }

    @Override
    protected void onOpen() {
        write("CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"weft-load\",\"version\":\"1\"}\r\n");
        write("SUB " + inbox + " " + INBOX + "\r\n");
        CompletableFuture<Void> ready = pong();
        ready.thenRun(() -> life.begun(this));
    }

    @Override
    protected boolean readNext(ByteBuf in) throws ProtocolViolation {
        int length = in.bytesBefore((byte) '\n');
        if (length < 0) {
            return false;
        }
        int start = in.readerIndex();
        if (in.getByte(start) == 'M') {
            return readMessage(in, start, length);
        }
        String line = in.readCharSequence(length, StandardCharsets.US_ASCII)
                .toString()
                .strip();
        in.skipBytes(1);
        if (line.startsWith("-ERR")) {
            throw new ProtocolViolation("NATS says " + line);
        }
        if (line.equals("PING")) {
            write("PONG\r\n");
        } else if (line.equals("PONG")) {
            awaitingPong.remove().complete(null);
        }
        return true;
    }

    /** {@code MSG subject sid [reply] size}, then the argument. */
    private boolean readMessage(ByteBuf in, int start, int length) throws ProtocolViolation {
        int end = start + length - 1;
        int[] fields = new int[FIELDS_WITH_REPLY + 1];
        int count = 0;
        for (int at = start; at < end && count < FIELDS_WITH_REPLY; count++) {
            fields[count] = at;
            int blank = in.indexOf(at, end, (byte) ' ');
            at = blank < 0 ? end : blank + 1;
        }
        fields[count] = end + 1;
        int size = number(in, fields[count - 1], end);
        int payload = start + length + 1;
        if (in.writerIndex() - payload < size + 2) {
            return false;
        }
        if (!stamp.read(in, payload + size - Stamp.LENGTH)) {
            throw new ProtocolViolation("a message whose argument nobody here has sent");
        }
        if (count == FIELDS_WITH_REPLY) {
            answer(in, fields[3], fields[4] - 1 - fields[3], payload, size);
        } else if (number(in, fields[2], fields[3] - 1) == INBOX) {
            listener.answered(stamp);
        } else {
            listener.received(number(in, fields[2], fields[3] - 1), stamp);
        }
        in.readerIndex(payload + size + 2);
        return true;
    }

    private void answer(ByteBuf in, int reply, int replyLength, int payload, int size) {
        write("PUB ");
        out().writeBytes(in, reply, replyLength);
        write(" " + size + "\r\n");
        out().writeBytes(in, payload, size);
        write("\r\n");
        listener.invoked(stamp);
    }

    private static int number(ByteBuf in, int start, int end) {
        int value = 0;
        for (int at = start; at < end; at++) {
            value = value * 10 + in.getByte(at) - '0';
        }
        return value;
    }

    @Override
    protected void onFailure(Throwable cause) {
        awaitingPong.forEach(each -> each.completeExceptionally(cause));
        awaitingPong.clear();
        life.failed(cause);
    }
}
