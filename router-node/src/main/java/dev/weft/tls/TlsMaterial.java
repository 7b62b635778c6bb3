package dev.weft.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What was read from the files of {@link TlsSettings} at one time, and found good. Never changes. */
public final class TlsMaterial {
    private final TlsSettings settings;
    private final byte[] digest;
    private final List<TlsIdentity> identities;
    private final @Nullable X509ExtendedTrustManager trust;

    private TlsMaterial(
            TlsSettings settings,
            byte[] digest,
            List<TlsIdentity> identities,
            @Nullable X509ExtendedTrustManager trust) {
        this.settings = settings;
        this.digest = digest;
        this.identities = List.copyOf(identities);
        this.trust = trust;
    }

    /**
     * Reads and checks: each key belongs to its certificate, each certificate is valid now and signed by the next in its
     * file. Reads files, so not for event loops.
     */
    public static TlsMaterial read(TlsSettings settings, Instant now) throws TlsProblem {
        return of(settings, content(settings), now);
    }

    static TlsMaterial of(TlsSettings settings, Map<Path, byte[]> content, Instant now) throws TlsProblem {
        List<TlsIdentity> identities = new ArrayList<>();
        for (CertificateFiles files : settings.certificates()) {
            identities.add(TlsIdentity.of(
                    files.certificate(),
                    pem(files.certificate(), content),
                    files.key(),
                    pem(files.key(), content),
                    now));
        }
        checkKinds(settings.engine(), identities);
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path path : settings.trust()) {
            anchors.addAll(pem(path, content).certificates());
        }
        return new TlsMaterial(settings, digest(content), identities, anchors.isEmpty() ? null : trusting(anchors));
    }

    /** BoringSSL asks for a certificate before it looks at which kinds of keys the client can use. */
    private static void checkKinds(TlsEngine engine, List<TlsIdentity> identities) throws TlsProblem {
        Set<String> kinds = new TreeSet<>();
        identities.forEach(
                identity -> kinds.add(identity.certificate().getPublicKey().getAlgorithm()));
        if (engine == TlsEngine.OPENSSL && kinds.size() > 1) {
            throw new TlsProblem("engine: openssl cannot choose by the kind of key that a client can use, and the"
                    + " certificates have keys of the kinds " + String.join(" and ", kinds)
                    + ": use one kind, or engine: jdk");
        }
    }

    /** The bytes of all files, read one after the other. */
    static Map<Path, byte[]> content(TlsSettings settings) throws TlsProblem {
        Map<Path, byte[]> content = new LinkedHashMap<>();
        for (Path path : settings.files()) {
            try {
                content.put(path, Files.readAllBytes(path));
            } catch (NoSuchFileException gone) {
                throw new TlsProblem("there is no file " + path, gone);
            } catch (IOException unreadable) {
                throw new TlsProblem("the file " + path + " cannot be read", unreadable);
            }
        }
        return content;
    }

    private static PemFile pem(Path path, Map<Path, byte[]> content) throws TlsProblem {
        return new PemFile(path, content.getOrDefault(path, new byte[0]));
    }

    static byte[] digest(Map<Path, byte[]> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] bytes : content.values()) {
                digest.update(MessageDigest.getInstance("SHA-256").digest(bytes));
            }
            return digest.digest();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private static X509ExtendedTrustManager trusting(List<X509Certificate> anchors) throws TlsProblem {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), anchors.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new GeneralSecurityException("no trust manager");
        } catch (GeneralSecurityException | IOException failure) {
            throw new TlsProblem("the trusted certificates cannot be used: " + failure.getMessage(), failure);
        }
    }

    public TlsSettings settings() {
        return settings;
    }

    /** Shows the certificates of this side. */
    public X509ExtendedKeyManager keyManager() {
        return new ServerNameKeys(identities);
    }

    /** Checks the certificates of peers; null if none are trusted. */
    public @Nullable X509ExtendedTrustManager trustManager() {
        return trust;
    }

    List<TlsIdentity> identities() {
        return identities;
    }

    boolean isOf(byte[] content) {
        return MessageDigest.isEqual(digest, content);
    }
}
