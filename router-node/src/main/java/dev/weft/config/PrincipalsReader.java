package dev.weft.config;

import dev.weft.config.Origin.Layer;
import dev.weft.config.RawValue.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files of principals, by the rules of the configuration: placeholders, secrets in files, all problems at once. */
public final class PrincipalsReader {
    private final Map<String, String> environment;

    /** @param environment the environment variables */
    public PrincipalsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What the files of one realm say.
     *
     * @param principals of this realm, those that may not join left out; empty if there are errors
     * @param files that were read, those with secrets, too
     * @param problems all that was found
     */
    public record Report(List<PrincipalConfig> principals, Set<Path> files, List<ConfigProblem> problems) {
        public boolean isUsable() {
            return problems.stream().noneMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
        }
    }

    /** Reads the files of one realm. */
    public Report read(String realm, List<Path> files) {
        Problems problems = new Problems();
        Set<Path> read = new LinkedHashSet<>();
        List<PrincipalConfig> all = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        for (Path file : files) {
            for (PrincipalConfig principal : of(realm, read(file, read, problems))) {
                Path earlier = seen.putIfAbsent(principal.authid(), file);
                if (earlier != null) {
                    problems.error(
                            Origin.of(Layer.FILE, file.toString()),
                            "principals",
                            "'" + principal.authid() + "' is also in " + earlier);
                }
                all.add(principal);
            }
        }
        List<PrincipalConfig> usable = problems.hasErrors()
                ? List.of()
                : all.stream().filter(PrincipalConfig::enabled).toList();
        return new Report(usable, read, problems.inOrder());
    }

    /** Adds what is wrong with the files that the realms name. */
    void check(List<RealmConfig> realms, Problems problems) {
        Set<ConfigProblem> told = new HashSet<>();
        for (RealmConfig realm : realms) {
            for (ConfigProblem problem :
                    read(realm.uri(), realm.auth().principals()).problems()) {
                if (told.add(problem)) {
                    problems.add(problem);
                }
            }
        }
    }

    private static List<PrincipalConfig> of(String realm, @Nullable PrincipalsConfig file) {
        return file == null
                ? List.of()
                : file.principals().stream()
                        .filter(principal -> principal.realms().isEmpty()
                                || principal.realms().contains(realm))
                        .toList();
    }

    private @Nullable PrincipalsConfig read(Path file, Set<Path> read, Problems problems) {
        read.add(file);
        Origin origin = Origin.of(Layer.FILE, file.toString());
        String text = ConfigFile.read(file, origin, problems);
        if (text == null) {
            return null;
        }
        RawValue root = new YamlReader(origin, new Placeholders(environment, problems), problems).read(text);
        if (root != null && !(root instanceof Mapping)) {
            problems.error(root.origin(), "", "expected a group of keys, found " + root.kind());
        }
        if (!(root instanceof Mapping mapping)) {
            return null;
        }
        Path parent = file.getParent();
        ConfigBinder binder = new ConfigBinder(parent == null ? Path.of("") : parent, problems);
        PrincipalsConfig bound = binder.bindPrincipals(mapping);
        read.addAll(binder.secretFiles());
        return bound;
    }
}
