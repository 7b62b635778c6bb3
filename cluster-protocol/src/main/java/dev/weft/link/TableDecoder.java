package dev.weft.link;

import static dev.weft.link.LinkDecoder.constant;
import static dev.weft.link.LinkDecoder.known;

import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.TestamentScope;

/** The frames that speak of tables, but for testaments: the part of {@link LinkDecoder} for them. */
final class TableDecoder {
    private static final int MAX_PORT = 65_535;
    private static final MatchPolicy[] MATCHES = MatchPolicy.values();
    private static final InvocationPolicy[] INVOCATIONS = InvocationPolicy.values();
    private static final TestamentScope[] SCOPES = TestamentScope.values();
    private static final TableKind[] KINDS = TableKind.values();

    private final FrameReader reader;
    private final int version;

    TableDecoder(FrameReader reader, int version) {
        this.reader = reader;
        this.version = version;
    }

    TableChange read(FrameType type, int flags) throws LinkViolation {
        return switch (type) {
            case INTEREST_ADDED -> interestAdded(known(flags, FrameFormat.MATCH));
            case INTEREST_REMOVED -> interestRemoved(known(flags, FrameFormat.MATCH));
            case CALLEE_ADDED -> calleeAdded(known(flags, FrameFormat.CALLEE_FLAGS));
            case CALLEE_REMOVED -> calleeRemoved(known(flags, FrameFormat.MATCH));
            case SESSION_LEFT -> sessionLeft(known(flags, FrameFormat.LEFT_TESTAMENTS));
            case TESTAMENTS_FLUSHED -> testamentsFlushed(known(flags, FrameFormat.TESTAMENT_SCOPE));
            case NODE_STATE -> new NodeState(known(flags, FrameFormat.STATE_DRAINING) != 0, reader.varint());
            case TABLE_DIGEST, BUCKET_WANTED, BUCKET_BEGIN, BUCKET_END, DIGEST_WANTED -> audit(type, kind(flags));
            default -> withoutFlags(type, flags);
        };
    }

    private TableChange withoutFlags(FrameType type, int flags) throws LinkViolation {
        known(flags, 0);
        return switch (type) {
            case SNAPSHOT_END -> new SnapshotEnd();
            case SESSION_JOINED -> sessionJoined();
            case NODE_LINKED -> nodeLinked();
            default -> throw new LinkViolation(type + " does not come after the handshake");
        };
    }

    private InterestAdded interestAdded(int match) throws LinkViolation {
        MatchPolicy policy = constant(MATCHES, match);
        return new InterestAdded(reader.name(), policy, reader.name(), reader.varint());
    }

    private InterestRemoved interestRemoved(int match) throws LinkViolation {
        MatchPolicy policy = constant(MATCHES, match);
        return new InterestRemoved(reader.name(), policy, reader.name(), reader.varint());
    }

    private CalleeAdded calleeAdded(int flags) throws LinkViolation {
        MatchPolicy match = constant(MATCHES, flags & FrameFormat.MATCH);
        InvocationPolicy invoke = constant(INVOCATIONS, flags >> FrameFormat.INVOKE_SHIFT);
        String realm = reader.name();
        String procedure = reader.name();
        long registration = reader.varint();
        long session = reader.varint();
        long order = reader.varint();
        int loop = reader.octet();
        long term = version > 1 ? reader.varint() : 0;
        int traits = version > 2 ? known(reader.octet(), FrameFormat.TRAITS) : 0;
        return new CalleeAdded(
                realm, match, procedure, invoke, registration, order, session, term, loop, CalleeTraits.of(traits));
    }

    private CalleeRemoved calleeRemoved(int match) throws LinkViolation {
        MatchPolicy policy = constant(MATCHES, match);
        return new CalleeRemoved(reader.name(), policy, reader.name(), reader.varint(), reader.varint());
    }

    private SessionJoined sessionJoined() throws LinkViolation {
        String realm = reader.name();
        long session = reader.varint();
        int loop = reader.octet();
        Identity identity = new Identity(session, reader.string(), reader.name());
        return new SessionJoined(
                realm, new SessionDetails(identity, reader.name(), reader.name(), reader.name()), loop);
    }

    private NodeLinked nodeLinked() throws LinkViolation {
        NodeId node = new NodeId(HandshakeCodec.shortName(reader), reader.fixed64());
        String host = HandshakeCodec.shortName(reader);
        long port = reader.varint();
        if (port < 1 || port > MAX_PORT) {
            throw new LinkViolation("there is no port " + Long.toUnsignedString(port));
        }
        return new NodeLinked(node, host, (int) port);
    }

    private SessionLeft sessionLeft(int flags) throws LinkViolation {
        return new SessionLeft(reader.name(), reader.varint(), flags != 0);
    }

    private TestamentsFlushed testamentsFlushed(int scope) throws LinkViolation {
        return new TestamentsFlushed(reader.name(), reader.varint(), constant(SCOPES, scope));
    }

    private static TableKind kind(int flags) throws LinkViolation {
        return constant(KINDS, known(flags, FrameFormat.KIND));
    }

    private TableAudit audit(FrameType type, TableKind kind) throws LinkViolation {
        return switch (type) {
            case BUCKET_WANTED -> new BucketWanted(kind, bucket());
            case BUCKET_BEGIN -> new BucketBegin(kind, bucket());
            case BUCKET_END -> new BucketEnd(kind, bucket());
            case DIGEST_WANTED -> new DigestWanted(kind);
            default -> new TableDigest(kind, buckets());
        };
    }

    private int bucket() throws LinkViolation {
        int bucket = reader.octet();
        if (bucket >= TableAudit.BUCKETS) {
            throw new LinkViolation("there is no bucket " + bucket);
        }
        return bucket;
    }

    private long[] buckets() throws LinkViolation {
        long[] buckets = new long[TableAudit.BUCKETS];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = reader.fixed64();
        }
        return buckets;
    }
}
