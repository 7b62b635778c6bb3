package dev.weft.cluster.table;

import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.weft.cluster.table.CalleeRoster.Callee;
import dev.weft.cluster.table.InterestHolders.Holder;
import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import dev.weft.link.TableAudit;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the tables and what is done to them cross between Hazelcast members. The type ids, the order of the fields and
 * the order of the constants of {@link MatchPolicy}, {@link InvocationPolicy} and {@link WampError} are a format that
 * all nodes of a cluster share. The ids from 20 to 28 are those of {@link EventSerializers}.
 */
final class TableSerializers {
    private static final int FIRST_TYPE = 0x5EF7_00;

    interface Writer<T> {
        void write(ObjectDataOutput out, T value) throws IOException;
    }

    interface Reader<T> {
        T read(ObjectDataInput in) throws IOException;
    }

    private record RecordSerializer<T>(int type, Writer<T> writer, Reader<T> reader) implements StreamSerializer<T> {
        @Override
        public int getTypeId() {
            return type;
        }

        @Override
        public void write(ObjectDataOutput out, T value) throws IOException {
            writer.write(out, value);
        }

        @Override
        public T read(ObjectDataInput in) throws IOException {
            return reader.read(in);
        }
    }

    private TableSerializers() {}

    static List<SerializerConfig> all() {
        return Stream.of(entries(), changes(), purges(), audits(), realms())
                .flatMap(List::stream)
                .toList();
    }

    private static List<SerializerConfig> entries() {
        return List.of(
                of(0, TableKey.class, TableSerializers::write, TableSerializers::readKey),
                of(1, InterestHolders.class, TableSerializers::write, TableSerializers::readHolders),
                of(2, CalleeRoster.class, TableSerializers::write, TableSerializers::readRoster),
                of(3, SessionOwner.class, TableSerializers::write, TableSerializers::readSession),
                of(4, Decision.Granted.class, TableSerializers::write, TableSerializers::readGranted),
                of(5, Decision.Refused.class, TableSerializers::write, TableSerializers::readRefused));
    }

    private static List<SerializerConfig> changes() {
        return List.of(
                of(6, InterestChange.Add.class, TableSerializers::write, TableSerializers::readInterestAdd),
                of(
                        7,
                        InterestChange.Remove.class,
                        (out, change) -> write(out, change.node()),
                        in -> new InterestChange.Remove(readNode(in))),
                of(8, CalleeChange.Add.class, TableSerializers::write, TableSerializers::readCalleeAdd),
                of(9, CalleeChange.Remove.class, TableSerializers::write, TableSerializers::readCalleeRemove),
                of(
                        11,
                        SessionChange.Open.class,
                        (out, change) -> write(out, change.owner()),
                        in -> new SessionChange.Open(readSession(in))),
                of(
                        12,
                        SessionChange.Close.class,
                        (out, change) -> write(out, change.node()),
                        in -> new SessionChange.Close(readNode(in))));
    }

    private static List<SerializerConfig> purges() {
        return List.of(
                of(
                        10,
                        CalleeChange.Purge.class,
                        (out, change) -> write(out, change.stale()),
                        in -> new CalleeChange.Purge(readStale(in))),
                of(
                        13,
                        InterestChange.Purge.class,
                        (out, change) -> write(out, change.stale()),
                        in -> new InterestChange.Purge(readStale(in))),
                of(
                        14,
                        SessionChange.Purge.class,
                        (out, change) -> write(out, change.stale()),
                        in -> new SessionChange.Purge(readStale(in))));
    }

    private static List<SerializerConfig> audits() {
        return List.of(
                of(15, StoredSums.class, TableSerializers::write, TableSerializers::readSums),
                of(
                        16,
                        StoredInBucket.class,
                        (out, predicate) -> {
                            write(out, predicate.owner());
                            out.writeByte(predicate.bucket());
                        },
                        in -> new StoredInBucket(readNode(in), in.readByte())));
    }

    private static List<SerializerConfig> realms() {
        return List.of(
                of(17, RealmRoster.class, TableSerializers::write, TableSerializers::readRealms),
                of(18, RealmChange.Claim.class, TableSerializers::write, TableSerializers::readRealmClaim),
                of(
                        19,
                        RealmChange.Release.class,
                        (out, change) -> {
                            out.writeString(change.realm());
                            write(out, change.node());
                        },
                        in -> new RealmChange.Release(text(in), readNode(in))),
                of(
                        29,
                        RealmChange.Purge.class,
                        (out, change) -> write(out, change.stale()),
                        in -> new RealmChange.Purge(readStale(in))));
    }

    static <T> SerializerConfig of(int type, Class<T> of, Writer<T> writer, Reader<T> reader) {
        return new SerializerConfig()
                .setTypeClass(of)
                .setImplementation(new RecordSerializer<>(FIRST_TYPE + type, writer, reader));
    }

    static void write(ObjectDataOutput out, TableKey key) throws IOException {
        out.writeString(key.realm());
        out.writeByte(key.match().ordinal());
        out.writeString(key.uri());
    }

    static TableKey readKey(ObjectDataInput in) throws IOException {
        return new TableKey(text(in), MatchPolicy.values()[in.readByte()], text(in));
    }

    private static void write(ObjectDataOutput out, NodeId node) throws IOException {
        out.writeString(node.name());
        out.writeLong(node.epoch());
    }

    private static NodeId readNode(ObjectDataInput in) throws IOException {
        return new NodeId(text(in), in.readLong());
    }

    private static void writeNodes(ObjectDataOutput out, Collection<NodeId> nodes) throws IOException {
        out.writeInt(nodes.size());
        for (NodeId node : nodes) {
            write(out, node);
        }
    }

    private static List<NodeId> readNodes(ObjectDataInput in) throws IOException {
        List<NodeId> nodes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            nodes.add(readNode(in));
        }
        return nodes;
    }

    private static void write(ObjectDataOutput out, Stale stale) throws IOException {
        writeNodes(out, stale.nodes());
        out.writeBoolean(stale.others());
        out.writeLong(stale.below());
    }

    private static Stale readStale(ObjectDataInput in) throws IOException {
        return new Stale(new HashSet<>(readNodes(in)), in.readBoolean(), in.readLong());
    }

    private static void write(ObjectDataOutput out, InterestHolders holders) throws IOException {
        out.writeLong(holders.subscription());
        writeHolders(out, holders.holders());
    }

    private static void writeHolders(ObjectDataOutput out, List<Holder> holders) throws IOException {
        out.writeInt(holders.size());
        for (Holder holder : holders) {
            write(out, holder.node());
            out.writeLong(holder.asserted());
        }
    }

    private static List<Holder> readHolderList(ObjectDataInput in) throws IOException {
        List<Holder> holders = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            holders.add(new Holder(readNode(in), in.readLong()));
        }
        return holders;
    }

    private static InterestHolders readHolders(ObjectDataInput in) throws IOException {
        return new InterestHolders(in.readLong(), readHolderList(in));
    }

    private static void write(ObjectDataOutput out, RealmRoster roster) throws IOException {
        out.writeInt(roster.realms().size());
        for (Map.Entry<String, List<Holder>> realm : roster.realms().entrySet()) {
            out.writeString(realm.getKey());
            writeHolders(out, realm.getValue());
        }
    }

    private static RealmRoster readRealms(ObjectDataInput in) throws IOException {
        Map<String, List<Holder>> realms = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            realms.put(text(in), readHolderList(in));
        }
        return new RealmRoster(realms);
    }

    private static void write(ObjectDataOutput out, RealmChange.Claim claim) throws IOException {
        out.writeString(claim.realm());
        write(out, claim.holder().node());
        out.writeLong(claim.holder().asserted());
        out.writeInt(claim.most());
    }

    private static RealmChange.Claim readRealmClaim(ObjectDataInput in) throws IOException {
        return new RealmChange.Claim(text(in), new Holder(readNode(in), in.readLong()), in.readInt());
    }

    private static void write(ObjectDataOutput out, CalleeRoster roster) throws IOException {
        out.writeLong(roster.registration());
        out.writeByte(roster.invoke().ordinal());
        out.writeLong(roster.nextOrder());
        out.writeInt(roster.callees().size());
        for (Callee callee : roster.callees()) {
            write(out, callee.node());
            out.writeLong(callee.session());
            out.writeLong(callee.order());
            out.writeLong(callee.term());
            out.writeLong(callee.asserted());
        }
    }

    private static CalleeRoster readRoster(ObjectDataInput in) throws IOException {
        long registration = in.readLong();
        InvocationPolicy invoke = InvocationPolicy.values()[in.readByte()];
        long nextOrder = in.readLong();
        List<Callee> callees = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            callees.add(new Callee(readNode(in), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return new CalleeRoster(registration, invoke, nextOrder, callees);
    }

    private static void write(ObjectDataOutput out, SessionOwner session) throws IOException {
        out.writeString(session.realm());
        write(out, session.node());
        out.writeLong(session.asserted());
    }

    private static SessionOwner readSession(ObjectDataInput in) throws IOException {
        return new SessionOwner(text(in), readNode(in), in.readLong());
    }

    private static void write(ObjectDataOutput out, Decision.Granted granted) throws IOException {
        out.writeLong(granted.id());
        out.writeLong(granted.order());
        out.writeLong(granted.term());
    }

    private static Decision.Granted readGranted(ObjectDataInput in) throws IOException {
        return new Decision.Granted(in.readLong(), in.readLong(), in.readLong());
    }

    private static void write(ObjectDataOutput out, Decision.Refused refused) throws IOException {
        out.writeByte(refused.error().ordinal());
        out.writeString(refused.message());
    }

    private static Decision.Refused readRefused(ObjectDataInput in) throws IOException {
        return new Decision.Refused(WampError.values()[in.readByte()], text(in));
    }

    private static void write(ObjectDataOutput out, InterestChange.Add change) throws IOException {
        InterestOffer offer = change.offer();
        write(out, offer.owner());
        out.writeLong(offer.id());
        out.writeBoolean(offer.renewal());
        out.writeLong(offer.asserted());
    }

    private static InterestChange.Add readInterestAdd(ObjectDataInput in) throws IOException {
        return new InterestChange.Add(new InterestOffer(readNode(in), in.readLong(), in.readBoolean(), in.readLong()));
    }

    private static void write(ObjectDataOutput out, CalleeChange.Add change) throws IOException {
        CalleeOffer offer = change.offer();
        out.writeByte(offer.invoke().ordinal());
        write(out, offer.owner());
        out.writeLong(offer.session());
        out.writeLong(offer.id());
        out.writeLong(offer.order());
        out.writeLong(offer.term());
        out.writeLong(offer.asserted());
        out.writeInt(change.dead().size());
        for (Map.Entry<NodeId, Long> dead : change.dead().entrySet()) {
            write(out, dead.getKey());
            out.writeLong(dead.getValue());
        }
    }

    private static CalleeChange.Add readCalleeAdd(ObjectDataInput in) throws IOException {
        InvocationPolicy invoke = InvocationPolicy.values()[in.readByte()];
        CalleeOffer offer = new CalleeOffer(
                invoke, readNode(in), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        Map<NodeId, Long> dead = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            dead.put(readNode(in), in.readLong());
        }
        return new CalleeChange.Add(offer, dead);
    }

    private static void write(ObjectDataOutput out, CalleeChange.Remove change) throws IOException {
        write(out, change.node());
        out.writeLong(change.session());
    }

    private static CalleeChange.Remove readCalleeRemove(ObjectDataInput in) throws IOException {
        return new CalleeChange.Remove(readNode(in), in.readLong());
    }

    private static void write(ObjectDataOutput out, StoredSums stored) throws IOException {
        write(out, stored.owner());
        for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
            out.writeLong(stored.sums().sum(bucket));
            out.writeInt(stored.sums().count(bucket));
        }
    }

    private static StoredSums readSums(ObjectDataInput in) throws IOException {
        StoredSums stored = new StoredSums(readNode(in), new BucketSums());
        for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
            stored.sums().add(bucket, in.readLong(), in.readInt());
        }
        return stored;
    }

    private static String text(ObjectDataInput in) throws IOException {
        String text = in.readString();
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }
}
