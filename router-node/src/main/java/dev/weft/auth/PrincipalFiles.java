package dev.weft.auth;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import dev.weft.config.ConfigProblem;
import dev.weft.config.PrincipalConfig;
import dev.weft.config.PrincipalsReader;
import dev.weft.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The principals of one realm as its files say. Blocks while it reads: used by one thread that may. */
final class PrincipalFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrincipalFiles.class);

    private final String realm;
    private final List<Path> files;
    private final PrincipalsReader reader;
    private final Principals principals;
    private Map<Path, String> read = Map.of();

    /** @param principals where what is read goes */
    PrincipalFiles(String realm, List<Path> files, PrincipalsReader reader, Principals principals) {
        this.realm = realm;
        this.files = List.copyOf(files);
        this.reader = reader;
        this.principals = principals;
    }

    /** Reads the files if one of them is another than before. What is wrong is reported, and what was there stays. */
    void look() {
        if (!read.isEmpty() && read.equals(stamps(read.keySet()))) {
            return;
        }
        Set<Path> expected = new HashSet<>(read.isEmpty() ? files : read.keySet());
        Map<Path, String> before = stamps(expected);
        PrincipalsReader.Report report = reader.read(realm, files);
        read = new HashMap<>(stamps(report.files()));
        read.putAll(before);
        read.keySet().retainAll(report.files());
        for (ConfigProblem problem : report.problems()) {
            LOG.error("{}", problem);
        }
        if (!report.isUsable()) {
            LOG.error("The principals of realm {} stay as they were: there are errors in their files", realm);
            return;
        }
        principals.replace(
                report.principals().stream().map(PrincipalFiles::principal).toList());
        LOG.info("Realm {} has {} principals", realm, report.principals().size());
    }

    /** What changes when a file is changed, replaced or pointed elsewhere. */
    private static Map<Path, String> stamps(Set<Path> paths) {
        Map<Path, String> stamps = new HashMap<>();
        for (Path path : paths) {
            try {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                stamps.put(path, file.lastModifiedTime() + " " + file.size() + " " + file.fileKey());
            } catch (IOException gone) {
                stamps.put(path, "");
            }
        }
        return stamps;
    }

    private static Principal principal(PrincipalConfig config) {
        return new Principal(
                config.authid(),
                config.role(),
                Principal.STATIC,
                true,
                credential(config.ticket(), TicketCredential::parse),
                credential(config.wampcra(), CraCredential::parse),
                credential(config.scram(), ScramCredential::parse),
                config.publicKeys().stream()
                        .map(key -> key.toLowerCase(Locale.ROOT))
                        .collect(java.util.stream.Collectors.toSet()),
                java.util.Set.copyOf(config.certificates()));
    }

    private static <T> @Nullable T credential(@Nullable Secret secret, Function<String, T> parser) {
        return secret == null ? null : parser.apply(secret.reveal());
    }
}
