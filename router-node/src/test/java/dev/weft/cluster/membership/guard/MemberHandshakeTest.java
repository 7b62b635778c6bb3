package dev.weft.cluster.membership.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members prove to each other that they belong together; others do not get that far. */
class MemberHandshakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HELLO_BYTES = 84;
    private static final Executor THREADS = task -> new Thread(task).start();

    private final MemberHandshake member = handshake("the secret of the cluster");
    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    @Test
    void bothSidesHaveTheSameKeysAndEachConnectionHasItsOwn() throws Exception {
        ConnectionKeys first = met(member, member);
        ConnectionKeys second = met(member, member);
        assertThat(first.sending()).isNotEqualTo(first.receiving()).isNotEqualTo(second.sending());
    }

    @Test
    void aPreviousKeyIsAcceptedWhileKeysAreChanged() throws Exception {
        MemberHandshake changed = handshake("the secret after that", "the secret of the cluster");
        MemberHandshake knowsTheNext = handshake("the secret of the cluster", "the secret after that");
        met(member, changed);
        met(changed, knowsTheNext);
        met(knowsTheNext, changed);
    }

    @Test
    void whoHasAnotherKeyIsRefusedOnBothSides() {
        MemberHandshake stranger = handshake("a secret of somebody else");
        assertThatThrownBy(() -> met(stranger, member)).hasMessageContaining("it has another key");
        assertThatThrownBy(() -> met(member, stranger)).hasMessageContaining("it has another key");
    }

    @Test
    void whoClaimsTheKeyWithoutHavingItIsRefused() throws Exception {
        byte[] hello = Arrays.copyOf(record(member), HELLO_BYTES);
        CompletableFuture<ConnectionKeys> accepted = accepting(member);
        try (Socket claimant = connected()) {
            claimant.getOutputStream().write(hello);
            claimant.getOutputStream().write(new byte[32]);
            assertThatThrownBy(accepted::join).hasMessageContaining("it does not know the key");
        }
    }

    @Test
    void aRecordedConnectionIsWorthNothingOnAnother() throws Exception {
        byte[] recorded = record(member);
        CompletableFuture<ConnectionKeys> accepted = accepting(member);
        try (Socket replaying = connected()) {
            replaying.getOutputStream().write(recorded);
            assertThatThrownBy(accepted::join).hasMessageContaining("it does not know the key");
        }
    }

    @Test
    void whoSaysSomethingElseOrNothingIsRefusedInTime() throws Exception {
        CompletableFuture<ConnectionKeys> accepted = accepting(member);
        try (Socket other = connected()) {
            other.getOutputStream().write(new byte[HELLO_BYTES]);
            assertThatThrownBy(accepted::join).hasMessageContaining("it does not speak as a member");
        }
        CompletableFuture<ConnectionKeys> waiting =
                accepting(new MemberHandshake(keys("the secret of the cluster"), Duration.ofMillis(200)));
        try (Socket silent = connected()) {
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void recordsMayNotBeChangedRepeatedOrLeftOut() throws Exception {
        byte[] key = new byte[32];
        RecordCipher sealing = RecordCipher.sealing(key);
        byte[] one = sealed(sealing);
        byte[] two = sealed(sealing);
        byte[] changed = one.clone();
        changed[0] ^= 1;
        assertThat(open(RecordCipher.opening(key), one, two)).isTrue();
        assertThat(open(RecordCipher.opening(key), changed)).isFalse();
        assertThat(open(RecordCipher.opening(key), one, one)).isFalse();
        assertThat(open(RecordCipher.opening(key), two)).isFalse();
    }

    private static byte[] sealed(RecordCipher cipher) throws GeneralSecurityException {
        byte[] record = new byte[4 + RecordCipher.TAG_BYTES];
        cipher.next(record.length, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), ByteBuffer.wrap(record));
        return record;
    }

    private static boolean open(RecordCipher cipher, byte[]... records) {
        try {
            for (byte[] record : records) {
                cipher.next(record.length, ByteBuffer.wrap(record), ByteBuffer.allocate(record.length));
            }
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /** The keys of the connecting side; those of the other are the same. */
    private ConnectionKeys met(MemberHandshake connector, MemberHandshake acceptor) throws Exception {
        CompletableFuture<ConnectionKeys> accepted = accepting(acceptor);
        try (Socket socket = connected()) {
            ConnectionKeys keys;
            try {
                keys = connector.connect(socket);
            } catch (IOException refused) {
                accepted.join();
                throw refused;
            }
            assertThat(accepted.join().receiving()).isEqualTo(keys.sending());
            assertThat(accepted.join().sending()).isEqualTo(keys.receiving());
            return keys;
        }
    }

    private CompletableFuture<ConnectionKeys> accepting(MemberHandshake acceptor) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = listening.accept()) {
                        return acceptor.accept(socket);
                    } catch (IOException refused) {
                        throw new CompletionException(refused);
                    }
                },
                THREADS);
    }

    private Socket connected() throws IOException {
        return new Socket(listening.getInetAddress(), listening.getLocalPort());
    }

    /** All that a connecting member says, relayed to a real one. */
    private byte[] record(MemberHandshake recorded) throws Exception {
        try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<ConnectionKeys> accepted = accepting(recorded);
            CompletableFuture<ConnectionKeys> connected = CompletableFuture.supplyAsync(
                    () -> {
                        try (Socket socket = new Socket(relay.getInetAddress(), relay.getLocalPort())) {
                            return recorded.connect(socket);
                        } catch (IOException refused) {
                            throw new CompletionException(refused);
                        }
                    },
                    THREADS);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            try (Socket from = relay.accept();
                    Socket to = connected()) {
                relay(from.getInputStream(), to, HELLO_BYTES, said);
                relay(to.getInputStream(), from, HELLO_BYTES, new ByteArrayOutputStream());
                relay(from.getInputStream(), to, 32, said);
                relay(to.getInputStream(), from, 32, new ByteArrayOutputStream());
                connected.join();
                accepted.join();
            }
            return said.toByteArray();
        }
    }

    private static void relay(InputStream from, Socket to, int length, ByteArrayOutputStream copy) throws IOException {
        byte[] bytes = from.readNBytes(length);
        copy.writeBytes(bytes);
        to.getOutputStream().write(bytes);
    }

    private static MemberHandshake handshake(String secret, String... previous) {
        return new MemberHandshake(keys(secret, previous), PATIENCE);
    }

    private static ClusterKeys keys(String secret, String... previous) {
        return new ClusterKeys(
                new ClusterKey(secret, "test"),
                List.of(previous).stream()
                        .map(key -> new ClusterKey(key, "test"))
                        .toList());
    }
}
