package dev.weft.node.cli;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.ScramCredential.Kdf;
import dev.weft.tls.CertificateAuthority;
import dev.weft.tls.CertificateAuthority.Subject;
import dev.weft.tls.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cluster on this machine with all that protects one, to copy from: TLS for clients, certificates and a key between nodes,
 * principals of two roles. Everything is drawn anew and written to one directory of its owner alone.
 */
final class SecureCluster {
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_BYTES = 12;
    private static final int SALT_BYTES = 16;
    private static final int ITERATIONS = 100_000;

    private final Path directory;
    private final List<User> users = List.of(user("alice", "operator"), user("bob", "user"));

    /** Someone who may join. */
    record User(String authid, String role, String password) {
        @Override
        public String toString() {
            return authid;
        }
    }

    /** @param directory where its files go */
    SecureCluster(Path directory) {
        this.directory = directory;
    }

    private static User user(String authid, String role) {
        return new User(authid, role, RandomText.of(PASSWORD_BYTES));
    }

    List<User> users() {
        return users;
    }

    Path authority() {
        return directory.resolve("ca.crt");
    }

    /** Writes the keys, certificates and principals. */
    void write(List<LocalNodePlan> plans) throws IOException {
        IssuedCertificate authority = CertificateAuthority.create(Subject.named("weft up", Instant.now(), VALIDITY));
        write("ca", authority);
        CertificateAuthority signer = CertificateAuthority.of(authority);
        byte[] loopback = InetAddress.getByName("127.0.0.1").getAddress();
        write(
                "server",
                signer.issue(
                        new Subject("localhost", List.of("localhost"), List.of(loopback), Instant.now(), VALIDITY)));
        for (LocalNodePlan plan : plans) {
            write(plan.name(), signer.issue(Subject.named(plan.name(), Instant.now(), VALIDITY)));
        }
        SecretFile.write(directory.resolve("cluster.key"), RandomText.of(KEY_BYTES) + "\n");
        SecretFile.write(directory.resolve("principals.yaml"), principals());
    }

    private void write(String name, IssuedCertificate issued) throws IOException {
        SecretFile.write(directory.resolve(name + ".key"), issued.keyPem());
        Files.writeString(directory.resolve(name + ".crt"), issued.certificatePem());
    }

    private String principals() {
        return "# Written by weft up --secure. weft passwd changes a password.\nprincipals:\n"
                + users.stream().map(SecureCluster::principal).collect(Collectors.joining());
    }

    private static String principal(User user) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return """
                  - authid: %s
                    role: %s
                    wampcra: "%s"
                    scram: "%s"
                """.formatted(
                        user.authid,
                        user.role,
                        CraCredential.of(user.password, RandomText.of(SALT_BYTES), ITERATIONS, 32)
                                .text(),
                        ScramCredential.of(user.password, Kdf.PBKDF2, ITERATIONS, 0, salt)
                                .text());
    }

    /** The configuration of a node. Files in it are relative to the directory. */
    String configuration(LocalNodePlan plan, String cluster, List<LocalNodePlan> all) {
        String members = all.stream()
                .map(node -> "\"127.0.0.1:" + node.hazelcastPort() + "\"")
                .collect(Collectors.joining(", "));
        return """
                # Written by weft up --secure.
                node: { name: %1$s }
                listeners:
                  - address: 127.0.0.1:%2$d
                    tls: { certificate: server.crt, key: server.key }
                realms:
                  - uri: realm1
                    auth:
                      methods: [wamp-scram, wampcra]
                      principals: [principals.yaml]
                    roles:
                      - name: operator
                        permissions:
                          - { uri: "", match: prefix, allow: [call, register, publish, subscribe] }
                      - name: user
                        permissions:
                          - { uri: com.example., match: prefix, allow: [call, publish, subscribe] }
                    meta-api: read
                admin: { address: "127.0.0.1:%3$d" }
                # Whoever tries things out does not want to wait.
                drain: { timeout: 2s, spread: 500ms }
                cluster:
                  enabled: true
                  name: %4$s
                  key-file: cluster.key
                  discovery: { type: static, members: [%5$s] }
                  hazelcast: { address: "127.0.0.1:%6$d" }
                  link:
                    address: "127.0.0.1:%7$d"
                    tls: { certificate: %1$s.crt, key: %1$s.key, ca: ca.crt }
                """.formatted(
                        plan.name(),
                        plan.clientPort(),
                        plan.adminPort(),
                        cluster,
                        members,
                        plan.hazelcastPort(),
                        plan.linkPort());
    }

    /** What is where, for people. */
    String describe() {
        String files = """
                Everything is in %s:
                  node-N.yaml             the configurations, to copy from
                  ca.crt, ca.key          the authority that has signed all certificates
                  server.crt, server.key  what clients are shown: localhost, 127.0.0.1
                  node-N.crt, node-N.key  what the nodes show each other
                  cluster.key             what the nodes prove to each other
                  principals.yaml         who may join realm1, by WAMP-SCRAM or WAMP-CRA:
                """.formatted(directory);
        return files
                + users.stream()
                        .map(user -> "    %-6s %-18s %s%n"
                                .formatted(
                                        user.authid,
                                        user.password,
                                        user.role.equals("operator")
                                                ? "role operator: everything"
                                                : "role user: calls, publishes and subscribes below com.example."))
                        .collect(Collectors.joining());
    }
}
