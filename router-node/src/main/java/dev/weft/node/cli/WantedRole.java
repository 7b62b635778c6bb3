package dev.weft.node.cli;

import dev.weft.config.AuthMethod;
import dev.weft.config.PrincipalConfig;
import dev.weft.config.PrincipalsReader;
import dev.weft.config.RealmConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which role of a realm is asked about: by its name, by that of a principal, or that of anonymous sessions. */
final class WantedRole {
    private final Map<String, String> environment;
    private final Consumer<String> refusal;

    /**
     * @param environment for placeholders in files of principals
     * @param refusal told what is wrong where {@link #of} finds nothing
     */
    WantedRole(Map<String, String> environment, Consumer<String> refusal) {
        this.environment = environment;
        this.refusal = refusal;
    }

    /** The name of the role; empty if nobody has said which, null if what was said cannot be. Reads files. */
    @Nullable
    String of(RealmConfig realm, @Nullable String authid, @Nullable String role) {
        if (authid != null) {
            return ofPrincipal(realm, authid, role);
        }
        boolean anonymous = realm.auth().methods().contains(AuthMethod.ANONYMOUS);
        return role != null ? role : anonymous ? realm.auth().anonymousRole() : "";
    }

    private @Nullable String ofPrincipal(RealmConfig realm, String authid, @Nullable String role) {
        PrincipalsReader.Report report =
                new PrincipalsReader(environment).read(realm.uri(), realm.auth().principals());
        String found = report.principals().stream()
                .filter(principal -> principal.authid().equals(authid))
                .map(PrincipalConfig::role)
                .findFirst()
                .orElse(null);
        if (found == null) {
            return unknown(realm, authid, role);
        }
        if (role != null && !role.equals(found)) {
            refusal.accept(authid + " has the role " + found + " in " + realm.uri() + ", not " + role + ".");
            return null;
        }
        return found;
    }

    /** Nobody in the files: the role is the one that was said, if somebody else may give it. */
    private @Nullable String unknown(RealmConfig realm, String authid, @Nullable String role) {
        List<AuthMethod> others = givers(realm);
        if (role != null && !others.isEmpty()) {
            return role;
        }
        String nobody = "no file of principals lets " + authid + " join " + realm.uri() + ".";
        refusal.accept(
                others.isEmpty()
                        ? nobody
                        : nobody + " Who joins by "
                                + others.stream().map(AuthMethod::label).collect(Collectors.joining(", "))
                                + " is given a role there: say which by --role.");
        return null;
    }

    /** The methods by which clients get names and roles that are in no file. */
    private static List<AuthMethod> givers(RealmConfig realm) {
        return realm.auth().methods().stream()
                .filter(method -> switch (method) {
                    case ANONYMOUS, JWT -> true;
                    case TLS -> realm.auth().certificates() != null;
                    default ->
                        realm.auth().dynamic() != null
                                && realm.auth().dynamic().methods().contains(method);
                })
                .toList();
    }
}
