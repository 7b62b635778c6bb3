package dev.weft.link;

import io.netty.buffer.ByteBuf;

/**
 * Handshake frames to bytes and back. Kept apart from {@link LinkDecoder}, so that nobody who has not proved the secret
 * reaches any other code. A hello and a reject of a later version are understood as far as this one can.
 */
public final class HandshakeCodec {
    /** Longest handshake frame without its length, in octets. */
    public static final int MAX_FRAME_OCTETS = 1024;

    /** Longest name of a cluster and of a node, in octets of UTF-8. */
    public static final int MAX_NAME_OCTETS = 255;

    private static final byte[] MAGIC = {'W', 'E', 'F', 'T'};

    private HandshakeCodec() {}

    /** Writes a frame, with its length. */
    public static void encode(LinkHandshake frame, ByteBuf out) {
        FrameWriter writer = new FrameWriter();
        if (frame instanceof LinkHello hello) {
            writer.begin(FrameType.HELLO, 0);
            writer.octets(MAGIC);
            writer.varint(hello.versions().lowest());
            writer.varint(hello.versions().highest());
            writer.string(hello.cluster());
            writer.string(hello.node().name());
            writer.fixed64(hello.node().epoch());
            writer.octets(hello.nonce());
            if (hello.versions().highest() > 1) {
                writer.varint(hello.resumes().length);
                writer.octets(hello.resumes());
            }
        } else if (frame instanceof LinkProof proof) {
            writer.begin(FrameType.PROOF, 0);
            writer.octets(proof.mac());
        } else if (frame instanceof LinkReject reject) {
            writer.begin(FrameType.REJECT, 0);
            writer.octet(reject.reason().ordinal());
        } else {
            welcome((LinkWelcome) frame, writer);
        }
        writer.writeTo(out, 0);
    }

    private static void welcome(LinkWelcome welcome, FrameWriter writer) {
        writer.begin(FrameType.WELCOME, welcome.resumed() ? FrameFormat.WELCOME_RESUMED : 0);
        if (welcome.resumed()) {
            writer.varint(welcome.handled());
        }
    }

    /** Whether the frame that begins at the reader index is a reject. */
    public static boolean isReject(ByteBuf in) {
        return in.getUnsignedByte(in.readerIndex()) == FrameType.REJECT.code();
    }

    /** Reads a frame of {@code length} octets, type and flags included, from the reader index on. */
    public static LinkHandshake decode(ByteBuf in, int length) throws LinkViolation {
        FrameReader reader = new FrameReader();
        reader.begin(in, length);
        int type = reader.octet();
        int flags = reader.octet();
        return switch (FrameType.of(type, LinkVersions.SPOKEN.lowest())) {
            case HELLO -> hello(reader);
            case PROOF -> new LinkProof(reader.octets(LinkSecret.MAC_BYTES));
            case WELCOME -> welcome(reader, flags);
            case REJECT -> new LinkReject(RejectReason.of(reader.octet()));
            default -> throw new LinkViolation("not a handshake frame");
        };
    }

    private static LinkHello hello(FrameReader reader) throws LinkViolation {
        for (byte letter : MAGIC) {
            if (reader.octet() != letter) {
                throw new LinkViolation("not a hello");
            }
        }
        LinkVersions versions = new LinkVersions(version(reader), version(reader));
        String cluster = shortName(reader);
        NodeId node = new NodeId(shortName(reader), reader.fixed64());
        byte[] nonce = reader.octets(LinkHello.NONCE_BYTES);
        if (versions.highest() == 1 || reader.remaining() == 0) {
            return new LinkHello(versions, cluster, node, nonce);
        }
        return new LinkHello(versions, cluster, node, nonce, resumes(reader));
    }

    private static byte[] resumes(FrameReader reader) throws LinkViolation {
        int length = reader.count();
        if (length != 0 && length != LinkHello.NONCE_BYTES) {
            throw new LinkViolation("a link has no name of " + length + " octets");
        }
        return reader.octets(length);
    }

    private static LinkWelcome welcome(FrameReader reader, int flags) throws LinkViolation {
        if ((flags & FrameFormat.WELCOME_RESUMED) == 0) {
            return new LinkWelcome();
        }
        long handled = reader.varint();
        if (handled < 0) {
            throw new LinkViolation("no link has so many frames");
        }
        return new LinkWelcome(true, handled);
    }

    private static int version(FrameReader reader) throws LinkViolation {
        long version = reader.varint();
        if (version < 1 || version > Integer.MAX_VALUE) {
            throw new LinkViolation("not a version");
        }
        return (int) version;
    }

    /** Of a cluster, a node or a host. */
    static String shortName(FrameReader reader) throws LinkViolation {
        int before = reader.remaining();
        String name = reader.string();
        if (name.isEmpty() || before - reader.remaining() > MAX_NAME_OCTETS + 2) {
            throw new LinkViolation("a name has 1 to " + MAX_NAME_OCTETS + " octets");
        }
        return name;
    }
}
