package dev.weft.config;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Ed25519Key;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has to be right where clients are authenticated. */
final class AuthChecks {
    private AuthChecks() {}

    static void realm(AuthConfig auth, Place place, Problems problems) {
        List<AuthMethod> methods = auth.methods();
        if (methods.isEmpty()) {
            problems.error(place.originOf("methods"), place.pathOf("methods"), "without a method nobody can join");
        } else if (new HashSet<>(methods).size() < methods.size()) {
            problems.error(place.originOf("methods"), place.pathOf("methods"), "names a method twice");
        }
        DynamicAuthConfig dynamic = auth.dynamic();
        List<AuthMethod> decided = dynamic == null ? List.of() : dynamic.methods();
        List<String> unfounded = methods.stream()
                .filter(AuthMethod::provesPrincipal)
                .filter(method -> !decided.contains(method))
                .map(AuthMethod::label)
                .toList();
        if (methods.contains(AuthMethod.JWT) && auth.jwt() == null) {
            problems.error(
                    place.originOf("methods"), place.pathOf("jwt"), "missing: jwt has to know whose tokens are good");
        }
        if (methods.contains(AuthMethod.TLS)
                && auth.certificates() == null
                && auth.principals().isEmpty()) {
            problems.error(
                    place.originOf("methods"),
                    place.pathOf("methods"),
                    "nobody could join by tls: there are neither principals nor a rule",
                    "write principals or certificates");
        }
        if (!unfounded.isEmpty() && auth.principals().isEmpty()) {
            problems.error(
                    place.originOf("methods"),
                    place.pathOf("methods"),
                    "nobody could join by " + String.join(", ", unfounded) + ": there are no principals",
                    "name a file with principals");
        }
        CookieChecks.realm(auth, place, problems);
    }

    static void dynamic(DynamicAuthConfig dynamic, Place place, Problems problems) {
        List<String> others = dynamic.methods().stream()
                .filter(method -> !method.provesPrincipal())
                .map(AuthMethod::label)
                .toList();
        if (dynamic.methods().isEmpty()) {
            problems.error(place.originOf("methods"), place.pathOf("methods"), "names no method");
        } else if (!others.isEmpty()) {
            problems.error(
                    place.originOf("methods"),
                    place.pathOf("methods"),
                    String.join(", ", others) + " is not decided by a procedure",
                    "ticket, wampcra, wamp-scram and cryptosign can be");
        }
    }

    static void jwt(JwtConfig jwt, Place place, Problems problems) {
        if ((jwt.keysFile() == null) == jwt.keysUrl().isEmpty()) {
            problems.error(
                    place.originOf("issuer"), place.pathOf("keys-file"), "either this or keys-url has to be set");
        }
        for (String list : List.of("audience", "algorithms", "roles")) {
            boolean empty = switch (list) {
                case "audience" -> jwt.audience().isEmpty();
                case "algorithms" -> jwt.algorithms().isEmpty();
                default -> jwt.roles().isEmpty();
            };
            if (empty) {
                problems.error(place.originOf(list), place.pathOf(list), "is empty: no token would be good");
            }
        }
    }

    static void principal(PrincipalConfig principal, Place place, Problems problems) {
        credential(principal.ticket(), TicketCredential::parse, "ticket", place, problems);
        credential(principal.wampcra(), CraCredential::parse, "wampcra", place, problems);
        credential(principal.scram(), ScramCredential::parse, "scram", place, problems);
        for (String key : principal.publicKeys()) {
            if (Ed25519Key.parse(key) == null) {
                problems.error(
                        place.originOf("public-keys"),
                        place.pathOf("public-keys"),
                        "'" + key + "' is no public key of Ed25519, or one that proves nothing");
            }
        }
    }

    private static void credential(
            @Nullable Secret secret, Consumer<String> parser, String key, Place place, Problems problems) {
        if (secret == null) {
            return;
        }
        try {
            parser.accept(secret.reveal());
        } catch (IllegalArgumentException wrong) {
            boolean written = place.has(key);
            String name = written ? key : key + "-file";
            problems.error(place.originOf(name), place.pathOf(name), String.valueOf(wrong.getMessage()));
        }
    }

    static void node(NodeConfig config, Place place, Problems problems) {
        boolean needed = config.realms().stream()
                .anyMatch(realm -> !realm.auth().principals().isEmpty());
        boolean given = config.authentication().secret() != null
                || config.cluster().key() != null
                || config.cluster().link().secret() != null;
        if (needed && !given && config.cluster().enabled()) {
            problems.error(
                    place.originOf("authentication"),
                    "authentication.secret",
                    "missing: the nodes of a cluster without cluster.key need it",
                    "the same text on all nodes");
        } else if (needed && !given) {
            problems.warning(
                    place.originOf("authentication"),
                    "authentication.secret",
                    "not set: when the node is started again, names that nobody has can be told from others",
                    "");
        }
        keyInChange(config, place, problems);
    }

    /** Nodes have different keys then, and what is made of them differs. */
    private static void keyInChange(NodeConfig config, Place place, Problems problems) {
        boolean proofs = config.realms().stream()
                .flatMap(realm -> realm.auth().methods().stream())
                .anyMatch(method -> method != AuthMethod.ANONYMOUS);
        if (proofs
                && config.cluster().enabled()
                && !config.cluster().previousKeys().isEmpty()
                && config.authentication().secret() == null) {
            problems.warning(
                    place.originOf("cluster"),
                    "authentication.secret",
                    "not set while cluster.key is changed: until all nodes have the same key, names that nobody has can be"
                            + " told from others, and attempts that failed on one node do not count on the others",
                    "set it to the old key, and leave it: nothing that is made of it changes then");
        }
    }
}
