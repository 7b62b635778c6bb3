package dev.weft.auth;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The principals of one realm. Whoever asks for a name that nobody has gets one made up, that looks like one of those that
 * exist: the same each time, on every node that has the same secret. Thread-safe; what it knows is replaced as a whole.
 */
public final class Principals {
    /** What principals are taken to look like where there is none yet. */
    private static Principal usual(String provider) {
        return new Principal(
                "",
                "user",
                provider,
                false,
                new TicketCredential.Plain(""),
                new CraCredential("", "", 0, 0),
                new ScramCredential(ScramCredential.Kdf.PBKDF2, 100_000, 0, new byte[16], new byte[0], new byte[0]),
                Set.of("usual"),
                Set.of());
    }

    /** What is known. */
    private record Known(
            Map<String, Principal> byName,
            Map<String, Principal> byKey,
            Map<String, Principal> byCertificate,
            PrincipalShapes shapes) {}

    private final String realm;
    private final byte[] secret;
    private final PrincipalShapes usual;
    private volatile Known known;

    /** @param secret the same on all nodes, and known to nobody else */
    public Principals(String realm, byte[] secret) {
        this(realm, secret, Principal.STATIC);
    }

    /** @param provider of those that are made up before any is known */
    Principals(String realm, byte[] secret, String provider) {
        this.realm = realm;
        this.secret = secret.clone();
        this.usual = PrincipalShapes.of(List.of(usual(provider)));
        this.known = new Known(Map.of(), Map.of(), Map.of(), usual);
    }

    /** From now on these are the principals, and no others. */
    public void replace(Collection<Principal> principals) {
        Map<String, Principal> byName = new HashMap<>();
        Map<String, Principal> byKey = new HashMap<>();
        Map<String, Principal> byCertificate = new HashMap<>();
        for (Principal principal : principals) {
            byName.put(principal.authid(), principal);
            principal.publicKeys().forEach(key -> byKey.put(key, principal));
            principal.certificates().forEach(name -> byCertificate.put(name, principal));
        }
        PrincipalShapes shapes = principals.isEmpty() ? usual : PrincipalShapes.of(principals);
        known = new Known(Map.copyOf(byName), Map.copyOf(byKey), Map.copyOf(byCertificate), shapes);
    }

    /**
     * From now on those that are made up may look like this one, too; the more often it is told, the more of them. One that is
     * made up itself teaches nothing, and takes as long.
     */
    synchronized void learn(Principal principal) {
        Known now = known;
        PrincipalShapes shapes = (now.shapes == usual ? PrincipalShapes.NONE : now.shapes).with(principal);
        known = principal.real() ? new Known(now.byName, now.byKey, now.byCertificate, shapes) : now;
    }

    /** The principal of this name, or one made up; takes as long for the one as for the other. */
    Principal find(String authid) {
        Known now = known;
        Principal decoy = decoy(now, "authid", authid);
        return now.byName.getOrDefault(authid, decoy);
    }

    /** The principal with this public key, or one made up. */
    Principal findByKey(String publicKey) {
        Known now = known;
        Principal decoy = decoy(now, "key", publicKey);
        return now.byKey.getOrDefault(publicKey, decoy);
    }

    /** The principal that has one of these names in its certificate; null if there is none. */
    @Nullable
    Principal findByCertificate(List<String> names) {
        Known now = known;
        return names.stream()
                .map(now.byCertificate::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Principal decoy(Known now, String kind, String name) {
        byte[] seed = Crypto.hmac(secret, kind + '|' + realm + '|' + name);
        return now.shapes.pick(seed).decoy(name, seed);
    }
}
