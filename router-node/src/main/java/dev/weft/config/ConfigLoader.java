package dev.weft.config;

import dev.weft.config.Origin.Layer;
import dev.weft.config.RawValue.Mapping;
import dev.weft.config.RawValue.Scalar;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: a flag goes before an environment variable, that before the file, and that before the default.
 *
 * <p>Every problem is found and reported at once, and with an error among them there is no configuration.
 */
public final class ConfigLoader {
    /** Variables that are the launcher's. */
    private static final Set<String> FOREIGN_VARIABLES =
            Set.of("WEFT_JAVA_OPTS", "WEFT_ADMIN", "WEFT_ADMIN_TOKEN", "WEFT_ADMIN_CA");
    /** What Kubernetes sets in every pod for a service called weft or weft-something. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "WEFT(_[A-Z0-9]+)*_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?)?)");

    private final Map<String, String> environment;
    private final List<String> settings;

    /**
     * @param environment the environment variables
     * @param settings what was given with {@code --set}, each as {@code path=value}
     */
    public ConfigLoader(Map<String, String> environment, List<String> settings) {
        this.environment = Map.copyOf(environment);
        this.settings = List.copyOf(settings);
    }

    /** Loads a file; file names in it are relative to its directory. */
    public ConfigReport loadFile(Path file) {
        Problems problems = new Problems();
        String name = file.toString();
        Origin origin = Origin.of(Layer.FILE, name.isEmpty() ? "--config" : name);
        Path parent = file.getParent();
        String text = ConfigFile.read(file, origin, problems);
        return load(text, origin, parent == null ? Path.of("") : parent, problems);
    }

    /** Loads a text that is not in a file; {@code source} names it in problems. */
    public ConfigReport loadText(String source, String text) {
        return load(text, Origin.of(Layer.FILE, source), Path.of(""), new Problems());
    }

    private ConfigReport load(@Nullable String text, Origin origin, Path directory, Problems problems) {
        Mapping root = text == null ? null : read(text, origin, problems);
        if (root == null) {
            return new ConfigReport(Optional.empty(), problems.inOrder(), Map.of());
        }
        Overlay overlay = new Overlay(root, problems);
        environment.keySet().stream()
                .filter(ConfigLoader::isSetting)
                .sorted(Comparator.comparing(SettingName::ofVariable))
                .forEach(name -> setFromEnvironment(overlay, name));
        for (String setting : settings) {
            set(overlay, setting, problems);
        }
        ConfigBinder binder = new ConfigBinder(directory, problems);
        NodeConfig config = binder.bind(root);
        if (config != null) {
            new PrincipalsReader(environment).check(config.realms(), problems);
        }
        return new ConfigReport(
                problems.hasErrors() ? Optional.empty() : Optional.ofNullable(config),
                problems.inOrder(),
                binder.places());
    }

    private @Nullable Mapping read(String text, Origin origin, Problems problems) {
        RawValue root = new YamlReader(origin, new Placeholders(environment, problems), problems).read(text);
        if (root instanceof Scalar scalar && scalar.isNull()) {
            return new Mapping(origin);
        }
        if (root != null && !(root instanceof Mapping)) {
            problems.error(root.origin(), "", "expected a group of keys, found " + root.kind());
        }
        return root instanceof Mapping mapping ? mapping : null;
    }

    private void setFromEnvironment(Overlay overlay, String variable) {
        overlay.set(
                SettingName.ofVariable(variable),
                Origin.of(Layer.ENVIRONMENT, variable),
                environment.getOrDefault(variable, ""));
    }

    private static boolean isSetting(String variable) {
        if (!variable.startsWith(SettingName.PREFIX) || FOREIGN_VARIABLES.contains(variable)) {
            return false;
        }
        return variable.contains("__") || !SERVICE_LINK.matcher(variable).matches();
    }

    private static void set(Overlay overlay, String setting, Problems problems) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            problems.error(Origin.of(Layer.FLAG, "--set " + setting), "", "expected path=value");
            return;
        }
        String path = setting.substring(0, equals);
        overlay.set(SettingName.ofPath(path), Origin.of(Layer.FLAG, "--set " + path), setting.substring(equals + 1));
    }
}
