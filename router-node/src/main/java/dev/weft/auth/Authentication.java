package dev.weft.auth;

import dev.weft.auth.credential.Crypto;
import dev.weft.auth.credential.Ed25519Identity;
import dev.weft.config.AnonymousAuthid;
import dev.weft.config.AuthConfig;
import dev.weft.config.AuthMethod;
import dev.weft.config.AuthenticationConfig;
import dev.weft.config.DynamicAuthConfig;
import dev.weft.config.JwtConfig;
import dev.weft.config.NodeConfig;
import dev.weft.config.PrincipalsReader;
import dev.weft.config.RealmConfig;
import dev.weft.config.Secret;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the clients of a node are authenticated: what its realms share, and the realms. Thread-safe once it is made. */
public final class Authentication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);

    private final AuthCounters counters = new AuthCounters();
    private final CookieLogins cookies = new CookieLogins(counters);
    private final ProcedureCaller calls;
    private final AuthenticationConfig shared;
    private final AuthWorkers workers;
    private final List<AuthWorkers> ofIssuers = new ArrayList<>();
    private final AttemptLimiter attempts;
    private final byte[] secret;
    private final @Nullable Ed25519Identity routerKey;
    private final List<PrincipalFiles> files = new ArrayList<>();
    private final Map<String, RealmAuthentication> realms = new HashMap<>();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "weft-auth-files");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Reads the files of principals, and again when they change. Blocks while it reads.
     *
     * @param environment for placeholders in these files
     * @param calls by which authenticators are asked; not before there are clients
     */
    public Authentication(NodeConfig config, Map<String, String> environment, ProcedureCaller calls) {
        this.calls = calls;
        this.shared = config.authentication();
        Secret key = shared.routerKey();
        this.secret = secret(config);
        this.routerKey = key == null ? null : Ed25519Identity.parse(key.reveal());
        this.workers = workers("weft-auth");
        this.attempts = new AttemptLimiter(
                new AttemptLimiter.Limits(
                        shared.failuresPerAddress(), shared.failuresPerPrincipal(), shared.failureWindow()),
                secret,
                System::nanoTime);
        PrincipalsReader principals = new PrincipalsReader(environment);
        for (RealmConfig realm : config.realms()) {
            realms.put(realm.uri(), realm(realm.uri(), realm.auth(), principals));
        }
        look();
        long millis = shared.reloadInterval().toMillis();
        reader.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** What the nodes of a cluster have in common, and a node alone has for itself. */
    private static byte[] secret(NodeConfig config) {
        Secret own = config.authentication().secret();
        Secret shared = config.cluster().key() != null
                ? config.cluster().key()
                : config.cluster().link().secret();
        if (own != null) {
            return Crypto.hmac(Crypto.utf8(own.reveal()), "weft authentication");
        }
        if (shared != null) {
            return Crypto.hmac(Crypto.utf8(shared.reveal()), "weft authentication");
        }
        byte[] drawn = new byte[Crypto.DIGEST];
        new SecureRandom().nextBytes(drawn);
        return drawn;
    }

    private RealmAuthentication realm(String uri, AuthConfig config, PrincipalsReader reading) {
        Principals principals = new Principals(uri, secret);
        if (!config.principals().isEmpty()) {
            files.add(new PrincipalFiles(uri, config.principals(), reading, principals));
        }
        DynamicAuthConfig dynamic = config.dynamic();
        PrincipalSource source = new PrincipalSource(
                principals, dynamic == null ? null : new DynamicPrincipals(uri, dynamic, calls, secret));
        RealmCookies known = config.methods().contains(AuthMethod.COOKIE)
                ? new RealmCookies(uri, principals, cookies, InstantSource.system())
                : null;
        List<Authenticator> methods = config.methods().stream()
                .map(method -> authenticator(method, config, source, known))
                .toList();
        return new RealmAuthentication(
                uri, methods, attempts, counters, config.challengeTimeout().toMillis(), known);
    }

    private Authenticator authenticator(
            AuthMethod method, AuthConfig config, PrincipalSource principals, @Nullable RealmCookies known) {
        return switch (method) {
            case ANONYMOUS ->
                new AnonymousAuth(config.anonymousRole(), config.anonymousAuthid() == AnonymousAuthid.CHOSEN);
            case TICKET -> new TicketAuth(principals, workers, config.plaintextTickets());
            case WAMPCRA -> new WampCraAuth(principals, InstantSource.system());
            case WAMP_SCRAM -> new ScramAuth(principals);
            case CRYPTOSIGN -> new CryptosignAuth(principals, workers, routerKey);
            case TLS -> new TlsAuth(principals.files(), config.certificates());
            case JWT -> jwt(Objects.requireNonNull(config.jwt()), config.plaintextTickets());
            case COOKIE -> new CookieAuth(Objects.requireNonNull(known));
        };
    }

    /** An issuer that does not answer, when its keys are needed, holds up those with its tokens only: it has threads of its own. */
    private Authenticator jwt(JwtConfig config, boolean plaintext) {
        AuthWorkers checking = workers;
        if (config.keysFile() == null) {
            checking = workers("weft-auth-issuer");
            ofIssuers.add(checking);
        }
        return new JwtAuth(config, KeySets.of(config), checking, plaintext, InstantSource.system());
    }

    private AuthWorkers workers(String name) {
        return new AuthWorkers(name, shared.workers(), shared.maxWaiting());
    }

    private void look() {
        for (PrincipalFiles one : files) {
            try {
                one.look();
            } catch (RuntimeException bug) {
                LOG.error("Files of principals were not read", bug);
            }
        }
    }

    /** The way into a realm that is configured, or into those that are made of it on demand. */
    public RealmAuthentication of(String realm) {
        return Objects.requireNonNull(realms.get(realm), realm);
    }

    /** Whom browsers are known as. */
    public CookieLogins cookies() {
        return cookies;
    }

    /** What is to be told to other nodes, and they tell. */
    public AttemptLimiter attempts() {
        return attempts;
    }

    public AuthCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        reader.shutdownNow();
        workers.close();
        ofIssuers.forEach(AuthWorkers::close);
    }
}
