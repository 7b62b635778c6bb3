package dev.weft.cluster.table;

import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.weft.directory.HistoryQuery;
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
import java.util.Collection;
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
                TableSerializers.of(24, NewestRetained.class, this::write, this::readNewest),
                TableSerializers.of(25, HistoryLog.class, this::write, this::readLog),
                TableSerializers.of(26, HistoryChange.Append.class, this::write, this::readAppend),
                TableSerializers.of(27, HistoryChange.Find.class, EventSerializers::write, EventSerializers::readFind),
                TableSerializers.of(28, HistoryPage.class, this::write, this::readPage));
    }

    private void write(ObjectDataOutput out, RetainedTopic topic) throws IOException {
        events(out, topic.events());
        publications(out, topic.seen());
    }

    private RetainedTopic readTopic(ObjectDataInput in) throws IOException {
        return new RetainedTopic(events(in), publications(in));
    }

    private static void publications(ObjectDataOutput out, Collection<Long> publications) throws IOException {
        out.writeInt(publications.size());
        for (long publication : publications) {
            out.writeLong(publication);
        }
    }

    private static List<Long> publications(ObjectDataInput in) throws IOException {
        List<Long> publications = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            publications.add(in.readLong());
        }
        return publications;
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

    private void write(ObjectDataOutput out, HistoryLog log) throws IOException {
        bounds(out, log.bounds());
        events(out, log.events());
        publications(out, log.seen());
    }

    private HistoryLog readLog(ObjectDataInput in) throws IOException {
        return new HistoryLog(bounds(in), events(in), publications(in));
    }

    private void write(ObjectDataOutput out, HistoryChange.Append change) throws IOException {
        events(out, change.events());
        bounds(out, change.bounds());
        out.writeLong(change.now());
    }

    private HistoryChange.Append readAppend(ObjectDataInput in) throws IOException {
        return new HistoryChange.Append(events(in), bounds(in), in.readLong());
    }

    private static void bounds(ObjectDataOutput out, HistoryBounds bounds) throws IOException {
        out.writeInt(bounds.events());
        out.writeLong(bounds.bytes());
        out.writeLong(bounds.ageMillis());
    }

    private static HistoryBounds bounds(ObjectDataInput in) throws IOException {
        return new HistoryBounds(in.readInt(), in.readLong(), in.readLong());
    }

    private static void write(ObjectDataOutput out, HistoryChange.Find find) throws IOException {
        HistoryQuery query = find.query();
        identity(out, query.reader());
        out.writeString(query.topic());
        out.writeLong(query.span().earliest());
        out.writeLong(query.span().latest());
        out.writeLong(query.stretch().from());
        out.writeLong(query.stretch().after());
        out.writeLong(query.stretch().before());
        out.writeLong(query.stretch().until());
        out.writeBoolean(query.reverse());
        out.writeInt(query.limit());
        out.writeLong(find.now());
    }

    private static HistoryChange.Find readFind(ObjectDataInput in) throws IOException {
        HistoryQuery query = new HistoryQuery(
                identity(in),
                in.readString(),
                new HistoryQuery.Span(in.readLong(), in.readLong()),
                new HistoryQuery.Stretch(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                in.readBoolean(),
                in.readInt());
        return new HistoryChange.Find(query, in.readLong());
    }

    private void write(ObjectDataOutput out, HistoryPage page) throws IOException {
        events(out, page.events());
        out.writeInt(page.fitting());
        out.writeLong(page.unknown());
    }

    private HistoryPage readPage(ObjectDataInput in) throws IOException {
        return new HistoryPage(events(in), in.readInt(), in.readLong());
    }

    private void events(ObjectDataOutput out, Collection<StoredEvent> events) throws IOException {
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
