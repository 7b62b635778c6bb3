package dev.weft.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of certificates and keys, and what was read of them last and found good. When the files change, what they hold then
 * is checked and taken into use for connections that come from then on; connections that there are stay as they are. Files
 * that cannot be used are refused: logged once, counted and shown in the status, and what was used before stays in use.
 *
 * <p>Files are compared by what is in them, so that it does not matter how they are replaced: written over, renamed, or by
 * a symbolic link that is turned to another directory, as Kubernetes does. Files that are replaced while they are read are
 * read again.
 */
public final class WatchedTls {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTls.class);
    private static final int MOST_LOOKS = 5;
    private static final long APPLY_SECONDS = 30;

    private final TlsSettings settings;
    private final InstantSource clock;
    private volatile TlsMaterial material;
    private volatile Instant loaded;
    private volatile @Nullable Function<TlsMaterial, CompletionStage<?>> user;
    private final LongAdder reloads = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile @Nullable String problem;

    /** What was in the files that were refused last. Of the thread that checks. */
    private byte @Nullable [] refusedDigest;

    private WatchedTls(TlsSettings settings, InstantSource clock, TlsMaterial material) {
        this.settings = settings;
        this.clock = clock;
        this.material = material;
        this.loaded = clock.instant();
    }

    /** Reads the files for the first time. Not for event loops. */
    public static WatchedTls load(TlsSettings settings, InstantSource clock) throws TlsProblem {
        WatchedTls watched = new WatchedTls(settings, clock, TlsMaterial.read(settings, clock.instant()));
        watched.tell("uses");
        return watched;
    }

    /** What is in use. Any thread. */
    public TlsMaterial material() {
        return material;
    }

    /**
     * Who uses it.
     *
     * @param use takes other material into use; done when connections from then on are made with it
     */
    public void usedBy(Function<TlsMaterial, CompletionStage<?>> use) {
        user = use;
    }

    TlsSettings settings() {
        return settings;
    }

    /** Looks at the files now. One thread at a time; blocks, so not for event loops. */
    public void check() {
        Look before = null;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Look look = look();
            if (material.isOf(look.digest)) {
                problem = null;
                refusedDigest = null;
                return;
            }
            if (Arrays.equals(look.digest, refusedDigest)) {
                return;
            }
            if (look.found != null) {
                take(look.found, look.digest);
                return;
            }
            if (before != null && Arrays.equals(look.digest, before.digest)) {
                refuse(look.digest, look.fault);
                return;
            }
            before = look;
        }
    }

    /**
     * @param found null if what is there cannot be used
     * @param fault why not
     */
    private record Look(byte[] digest, @Nullable TlsMaterial found, String fault) {}

    private Look look() {
        byte[] digest = {};
        try {
            Map<Path, byte[]> content = TlsMaterial.content(settings);
            digest = TlsMaterial.digest(content);
            return new Look(digest, TlsMaterial.of(settings, content, clock.instant()), "");
        } catch (TlsProblem unusable) {
            return new Look(digest, null, String.valueOf(unusable.getMessage()));
        }
    }

    private void take(TlsMaterial found, byte[] digest) {
        Function<TlsMaterial, CompletionStage<?>> taking = user;
        try {
            if (taking != null) {
                taking.apply(found).toCompletableFuture().get(APPLY_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            refuse(digest, "it could not be taken into use: " + failure);
            return;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return;
        }
        material = found;
        loaded = clock.instant();
        reloads.increment();
        problem = null;
        refusedDigest = null;
        tell("now uses");
    }

    private void refuse(byte[] digest, String fault) {
        refusedDigest = digest;
        problem = fault;
        refused.increment();
        LOG.error(
                "{}: the new certificates are refused, those from {} stay in use: {}", settings.name(), loaded, fault);
    }

    private void tell(String does) {
        for (TlsStatus.Shown shown : shown()) {
            LOG.info(
                    "{} {} {} for {}, valid until {}",
                    settings.name(),
                    does,
                    shown.subject(),
                    shown.names(),
                    shown.notAfter());
        }
    }

    /** What is in use. Any thread. */
    public TlsStatus status() {
        return new TlsStatus(settings.name(), shown(), loaded, reloads.sum(), refused.sum(), problem);
    }

    private List<TlsStatus.Shown> shown() {
        return material.identities().stream().map(WatchedTls::shown).toList();
    }

    private static TlsStatus.Shown shown(TlsIdentity identity) {
        Instant notAfter = identity.chain().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new TlsStatus.Shown(
                identity.certificate().getSubjectX500Principal().getName(),
                identity.names(),
                notAfter,
                fingerprint(identity.certificate()));
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
