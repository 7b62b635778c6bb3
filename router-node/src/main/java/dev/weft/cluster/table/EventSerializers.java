package dev.weft.cluster.table;

import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How events that are kept cross between Hazelcast members: each as the frame of it that a fresh link would carry
 * (docs/inter-router-protocol.md), through the {@link PayloadCodec}. What is here is a format that all nodes of a
 * cluster share.
 */
final class EventSerializers {
    /** Of the inter-router protocol; a number of its own, because what is stored outlives links. */
    private static final int VERSION = 2;

    private final PayloadCodec codec;

    EventSerializers(PayloadCodec codec) {
        this.codec = codec;
    }

    List<SerializerConfig> all() {
        return List.of(
                TableSerializers.of(20, StoredEvent.class, this::write, this::read),
                TableSerializers.of(21, RetainedTopic.class, this::write, this::readTopic),
                TableSerializers.of(
                        22,
                        RetainedChange.Retain.class,
                        (out, change) -> {
                            event(out, change.event());
                            out.writeLong(change.millis());
                        },
                        in -> new RetainedChange.Retain(event(in), in.readLong())),
                TableSerializers.of(
                        23,
                        RetainedChange.Find.class,
                        (out, change) -> identity(out, change.receiver()),
                        in -> new RetainedChange.Find(identity(in))),
                TableSerializers.of(24, NewestRetained.class, this::write, this::readNewest));
    }

    private void write(ObjectDataOutput out, RetainedTopic topic) throws IOException {
        events(out, topic.events());
        out.writeInt(topic.seen().size());
        for (long publication : topic.seen()) {
            out.writeLong(publication);
        }
    }

    private RetainedTopic readTopic(ObjectDataInput in) throws IOException {
        List<StoredEvent> events = events(in);
        List<Long> seen = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            seen.add(in.readLong());
        }
        return new RetainedTopic(events, seen);
    }

    private void write(ObjectDataOutput out, NewestRetained newest) throws IOException {
        TableSerializers.write(out, newest.pattern());
        identity(out, newest.receiver());
        StoredEvent best = newest.best();
        events(out, best == null ? List.of() : List.of(best));
    }

    private NewestRetained readNewest(ObjectDataInput in) throws IOException {
        TableKey pattern = TableSerializers.readKey(in);
        Identity receiver = identity(in);
        List<StoredEvent> best = events(in);
        return new NewestRetained(pattern, receiver, best.isEmpty() ? null : best.get(0));
    }

    private void events(ObjectDataOutput out, List<StoredEvent> events) throws IOException {
        out.writeInt(events.size());
        for (StoredEvent event : events) {
            write(out, event);
        }
    }

    private List<StoredEvent> events(ObjectDataInput in) throws IOException {
        List<StoredEvent> events = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            events.add(read(in));
        }
        return events;
    }

    private void write(ObjectDataOutput out, StoredEvent stored) throws IOException {
        out.writeLong(stored.stamp());
        event(out, stored.event());
    }

    private StoredEvent read(ObjectDataInput in) throws IOException {
        return new StoredEvent(in.readLong(), event(in));
    }

    private void event(ObjectDataOutput out, RoutedEvent event) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        new LinkEncoder(VERSION).encode(event, frame);
        out.writeByteArray(codec.seal(ByteBufUtil.getBytes(frame)));
    }

    private RoutedEvent event(ObjectDataInput in) throws IOException {
        byte[] sealed = in.readByteArray();
        if (sealed == null) {
            throw new IOException("an event is missing");
        }
        ByteBuf frame = Unpooled.wrappedBuffer(codec.open(sealed));
        try {
            LinkFrame decoded = new LinkDecoder(VERSION).decode(frame, frame.readInt());
            return ((RoutedEvent) decoded).keep();
        } catch (LinkViolation | RuntimeException violation) {
            throw new IOException("what is stored is no event", violation);
        }
    }

    private static void identity(ObjectDataOutput out, Identity identity) throws IOException {
        out.writeLong(identity.session());
        out.writeString(identity.authid());
        out.writeString(identity.authrole());
    }

    private static Identity identity(ObjectDataInput in) throws IOException {
        return new Identity(in.readLong(), text(in.readString()), text(in.readString()));
    }

    private static String text(@Nullable String text) throws IOException {
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }
}
