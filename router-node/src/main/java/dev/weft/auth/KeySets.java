package dev.weft.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.weft.config.JwtConfig;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the public keys of an issuer come from. All block: to be asked by threads that may. */
final class KeySets {
    private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);
    private static final int PATIENCE_MILLIS = 2000;
    private static final int LARGEST = 1 << 20;
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofHours(1);

    private KeySets() {}

    static JWKSource<SecurityContext> of(JwtConfig config) {
        Path file = config.keysFile();
        return file == null ? fetched(config) : new OfFile(file);
    }

    private static JWKSource<SecurityContext> fetched(JwtConfig config) {
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST);
        try {
            JWKSource<SecurityContext> cached = JWKSourceBuilder.create(
                            URI.create(config.keysUrl()).toURL(), retriever)
                    .cache(config.keysCached().toMillis(), PATIENCE_MILLIS * 2L)
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_FETCHES.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
            return new Fetched(cached);
        } catch (MalformedURLException neverAsItIsChecked) {
            throw new IllegalArgumentException(neverAsItIsChecked);
        }
    }

    /**
     * The issuer is not asked again at once for a key that it did not have a moment ago: anybody can name keys that there are
     * not. To who names one then it is unknown, which is not the same as that nothing could be found out.
     */
    private static final class Fetched implements JWKSource<SecurityContext> {
        private final JWKSource<SecurityContext> cached;
        private volatile boolean hadKeys;

        Fetched(JWKSource<SecurityContext> cached) {
            this.cached = cached;
        }

        @Override
        public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
            try {
                List<JWK> keys = cached.get(selector, context);
                hadKeys = true;
                return keys;
            } catch (RateLimitReachedException tooSoon) {
                if (hadKeys) {
                    return List.of();
                }
                throw tooSoon;
            }
        }
    }

    /** The file as it is now; while it is wrong, as it was. */
    private static final class OfFile implements JWKSource<SecurityContext> {
        private final Path file;
        private @Nullable FileTime read;
        private @Nullable JWKSet keys;

        OfFile(Path file) {
            this.file = file;
        }

        @Override
        public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
            return selector.select(current());
        }

        private synchronized JWKSet current() throws KeySourceException {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                if (!modified.equals(read)) {
                    keys = JWKSet.load(file.toFile());
                    read = modified;
                }
            } catch (IOException | ParseException wrong) {
                LOG.error("The keys in {} cannot be read: {}", file, wrong.getMessage());
            }
            if (keys == null) {
                throw new KeySourceException("there are no keys in " + file);
            }
            return keys;
        }
    }
}
