package dev.weft.cluster.link;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkProof;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkSecret.Part;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The bytes of the two hellos of a connection, which the proofs are about. */
final class HelloPair {
    private final Part part;
    private LinkSecret secret;
    private byte[] own = {};
    private byte[] peers = {};

    /** @param part of this node in the connection */
    HelloPair(Part part, LinkSecret secret) {
        this.part = part;
        this.secret = secret;
    }

    void said(LinkHello hello) {
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(hello, bytes);
        own = ByteBufUtil.getBytes(bytes, Integer.BYTES, bytes.readableBytes() - Integer.BYTES);
    }

    /** @param hello the frame as it came, from its type octet to its end */
    void heard(byte[] hello) {
        peers = hello;
    }

    LinkProof proof() {
        return new LinkProof(secret.proof(part, connectors(), acceptors()));
    }

    /** Whether the peer knows the secret, or a previous one: then that is what this side proves as well. */
    boolean isProof(LinkProof proof) {
        LinkSecret known = secret.provedBy(proof.mac(), part.other(), connectors(), acceptors());
        if (known == null) {
            return false;
        }
        secret = known;
        return true;
    }

    private byte[] connectors() {
        return part == Part.CONNECTOR ? own : peers;
    }

    private byte[] acceptors() {
        return part == Part.ACCEPTOR ? own : peers;
    }
}
