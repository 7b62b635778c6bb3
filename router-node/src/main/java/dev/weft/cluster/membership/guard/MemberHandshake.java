package dev.weft.cluster.membership.guard;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.key.Hkdf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import javax.crypto.KeyAgreement;

/**
 * What two members say before anything else. Each says hello: a magic number, the id of the key, 32 random octets and an
 * X25519 public key made for this connection. Both keys of the connection and both proofs are derived (HKDF) from the shared
 * X25519 secret, the cluster's key and both hellos. The connecting side proves first, so that who merely reaches the port
 * learns nothing; then the accepting side proves. What was recorded is worth nothing on another connection, and cannot be
 * read later by who learns the cluster's key then. Blocks, within a bounded time. Thread-safe.
 */
final class MemberHandshake {
    private static final int MAGIC = 0x57665331;
    private static final int RANDOM_BYTES = 32;
    private static final int PUBLIC_KEY_BYTES = 44;
    private static final int HELLO_BYTES = 2 * Integer.BYTES + RANDOM_BYTES + PUBLIC_KEY_BYTES;
    private static final String CURVE = "X25519";
    private static final String PURPOSE = "members";

    private final ClusterKeys keys;
    private final Duration patience;
    private final SecureRandom random = new SecureRandom();

    /** @param patience for the whole handshake */
    MemberHandshake(ClusterKeys keys, Duration patience) {
        this.keys = keys;
        this.patience = patience;
    }

    /** Which side of the connection a member is. */
    private enum Side {
        CONNECTOR,
        ACCEPTOR;

        byte[] label(String what) {
            return (what + " " + name()).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** The side that has connected. */
    ConnectionKeys connect(Socket socket) throws IOException {
        Wire wire = new Wire(socket, patience);
        KeyPair own = keyPair();
        byte[] hello = hello(keys.current(), own);
        wire.write(hello);
        byte[] answer = wire.read(HELLO_BYTES);
        if (magic(answer) != MAGIC || keyId(answer) != keys.current().id()) {
            throw new StrangerException("it answers with another key, or is no member");
        }
        byte[] root = root(keys.current(), own, answer, hello, answer);
        wire.write(proof(root, Side.CONNECTOR));
        prove(wire, root, Side.ACCEPTOR);
        wire.done();
        return new ConnectionKeys(key(root, Side.CONNECTOR), key(root, Side.ACCEPTOR));
    }

    /** The side that was connected to. */
    ConnectionKeys accept(Socket socket) throws IOException {
        Wire wire = new Wire(socket, patience);
        byte[] hello = wire.read(HELLO_BYTES);
        if (magic(hello) != MAGIC) {
            throw new StrangerException("it does not speak as a member of a guarded cluster");
        }
        ClusterKey key = keys.find(keyId(hello));
        if (key == null) {
            throw new StrangerException("it has another key");
        }
        KeyPair own = keyPair();
        byte[] answer = hello(key, own);
        wire.write(answer);
        byte[] root = root(key, own, hello, hello, answer);
        prove(wire, root, Side.CONNECTOR);
        wire.write(proof(root, Side.ACCEPTOR));
        wire.done();
        return new ConnectionKeys(key(root, Side.ACCEPTOR), key(root, Side.CONNECTOR));
    }

    private static void prove(Wire wire, byte[] root, Side other) throws IOException {
        if (!MessageDigest.isEqual(wire.read(Hkdf.HASH_BYTES), proof(root, other))) {
            throw new StrangerException("it does not know the key");
        }
    }

    private static byte[] proof(byte[] root, Side side) {
        return Hkdf.expand(root, side.label("proof"), Hkdf.HASH_BYTES);
    }

    private static byte[] key(byte[] root, Side sender) {
        return Hkdf.expand(root, sender.label("key"), Hkdf.HASH_BYTES);
    }

    private byte[] hello(ClusterKey key, KeyPair own) {
        byte[] nonce = new byte[RANDOM_BYTES];
        random.nextBytes(nonce);
        return ByteBuffer.allocate(HELLO_BYTES)
                .putInt(MAGIC)
                .putInt(key.id())
                .put(nonce)
                .put(own.getPublic().getEncoded())
                .array();
    }

    private static int magic(byte[] hello) {
        return ByteBuffer.wrap(hello).getInt();
    }

    private static int keyId(byte[] hello) {
        return ByteBuffer.wrap(hello).getInt(Integer.BYTES);
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance(CURVE).generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + CURVE, missing);
        }
    }

    /** @param peers the hello of the other side */
    private static byte[] root(ClusterKey key, KeyPair own, byte[] peers, byte[] connectors, byte[] acceptors)
            throws StrangerException {
        try {
            byte[] encoded = new byte[PUBLIC_KEY_BYTES];
            System.arraycopy(peers, HELLO_BYTES - PUBLIC_KEY_BYTES, encoded, 0, PUBLIC_KEY_BYTES);
            KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
            agreement.init(own.getPrivate());
            agreement.doPhase(KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(encoded)), true);
            byte[] extracted = Hkdf.extract(key.derive(PURPOSE), agreement.generateSecret());
            ByteArrayOutputStream hellos = new ByteArrayOutputStream();
            hellos.writeBytes(connectors);
            hellos.writeBytes(acceptors);
            return Hkdf.expand(extracted, hellos.toByteArray(), Hkdf.HASH_BYTES);
        } catch (GeneralSecurityException badKey) {
            throw new StrangerException("its public key is none");
        }
    }
}
