package dev.weft.load.scenario;

import dev.weft.load.client.Endpoint;
import dev.weft.load.client.Stamp;
import dev.weft.load.scenario.Load.Idle;
import dev.weft.load.scenario.Load.Join;
import dev.weft.load.scenario.Load.PubSub;
import dev.weft.load.scenario.Load.Rpc;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads scenarios from YAML; docs/load-testing.md has the keys. */
public final class ScenarioFile {
    private static final List<Endpoint> DEFAULT_ENDPOINTS = List.of(Endpoint.parse("rs://127.0.0.1:8080"));
    private static final int LARGEST_PAYLOAD = 16_000_000;

    private final YamlProblems problems;
    private final String name;

    private ScenarioFile(String name) {
        this.name = name;
        this.problems = new YamlProblems(name);
    }

    /** @throws IOException the file cannot be read */
    public static Scenario read(Path file) throws IOException, ScenarioException {
        return parse(file.toString(), Files.readString(file));
    }

    /** @param name of the file, for messages */
    public static Scenario parse(String name, String yaml) throws ScenarioException {
        ScenarioFile file = new ScenarioFile(name);
        Scenario scenario = file.scenario(yaml);
        List<String> found = file.problems.lines();
        if (scenario == null || !found.isEmpty()) {
            throw new ScenarioException(found);
        }
        return scenario;
    }

    private @Nullable Scenario scenario(String yaml) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setAllowDuplicateKeys(true)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isPresent()) {
                return scenario(new YamlMapping(root.get(), "", problems));
            }
            problems.add(0, 0, "the file is empty");
        } catch (MarkedYamlEngineException wrong) {
            Optional<Mark> mark = wrong.getProblemMark();
            problems.add(
                    mark.map(Mark::getLine).orElse(-1) + 1,
                    mark.map(Mark::getColumn).orElse(-1) + 1,
                    "not YAML: " + wrong.getProblem());
        } catch (YamlEngineException wrong) {
            problems.add(0, 0, "not YAML: " + wrong.getMessage());
        }
        return null;
    }

    private Scenario scenario(YamlMapping root) {
        List<Endpoint> endpoints = root.list("endpoints", DEFAULT_ENDPOINTS, Endpoint.FORM, Endpoint::parse);
        List<Load> loads = new ArrayList<>();
        Scenario scenario = new Scenario(
                root.text("name", name),
                root.text("realm", "realm1"),
                endpoints,
                root.list("other-endpoints", endpoints, Endpoint.FORM, Endpoint::parse),
                root.read("warmup", Duration.ofSeconds(5), Durations.FORM, Durations::parse),
                root.read("duration", Duration.ofSeconds(10), Durations.FORM, Durations::parse),
                loads);
        for (YamlMapping group : root.groups("load")) {
            load(group).ifPresent(loads::add);
            group.finish();
        }
        root.finish();
        return scenario;
    }

    private Optional<Load> load(YamlMapping group) {
        String type = group.text("type", "");
        return switch (type) {
            case "rpc" ->
                Optional.of(new Rpc(group.count("callers", 1, 1), group.count("callees", 1, 1), messages(group)));
            case "pubsub" -> Optional.of(pubSub(group));
            case "join" ->
                Optional.of(new Join(
                        group.count("sessions", 100, 1), group.rate("rate"), serializers(group, "serializers")));
            case "idle" ->
                Optional.of(new Idle(
                        group.count("sessions", 1000, 1),
                        group.count("subscriptions", 1, 0),
                        serializers(group, "serializers")));
            default -> {
                group.problem("type", "expected rpc, pubsub, join or idle, found '" + type + "'");
                yield Optional.empty();
            }
        };
    }

    private PubSub pubSub(YamlMapping group) {
        int topics = group.count("topics", 1, 1);
        int subscribers = group.count("subscribers", 1, 1);
        int subscriptions = group.count("subscriptions", 1, 1);
        MatchPolicy match =
                group.read("match", MatchPolicy.EXACT, "exact, prefix or wildcard", text -> MatchPolicy.of(text));
        boolean exact = match == MatchPolicy.EXACT;
        int patterns = group.count("patterns", exact ? topics : Math.min(topics, subscribers * subscriptions), 1);
        if (exact && patterns != topics) {
            group.problem("patterns", "only with match: prefix or wildcard");
        } else if (patterns > topics) {
            group.problem("patterns", "expected no more than topics, " + topics);
        } else if (patterns > (long) subscribers * subscriptions) {
            String key = exact ? "topics" : "patterns";
            group.problem(key, "expected no more than there are subscriptions, " + (long) subscribers * subscriptions);
        } else if (subscriptions > patterns) {
            group.problem(
                    "subscriptions", "expected no more of a subscriber than there are to choose from, " + patterns);
        }
        int publishers = group.count("publishers", 1, 1);
        if ((long) publishers * topics > Stamp.LAST_STREAM) {
            group.problem("topics", "expected publishers times topics to be at most " + Stamp.LAST_STREAM);
        }
        return new PubSub(publishers, subscribers, topics, subscriptions, match, patterns, messages(group));
    }

    private Messages messages(YamlMapping group) {
        double rate = group.rate("rate");
        int inFlight = group.count("in-flight", 1, 1);
        if (rate > 0 && group.has("in-flight")) {
            group.problem("in-flight", "either this or rate: with a rate it does not matter what is in flight");
        }
        List<SerializerId> serializers = serializers(group, "serializers");
        return new Messages(
                rate > 0 ? new Pace.Open(rate) : new Pace.Closed(inFlight),
                group.list(
                        "payload",
                        List.of(128),
                        "octets from " + Stamp.LENGTH + " to " + LARGEST_PAYLOAD,
                        ScenarioFile::payload),
                serializers,
                group.has("other-serializers") ? serializers(group, "other-serializers") : serializers);
    }

    private static @Nullable Integer payload(String text) {
        int octets = Integer.parseInt(text);
        return octets >= Stamp.LENGTH && octets <= LARGEST_PAYLOAD ? octets : null;
    }

    private static List<SerializerId> serializers(YamlMapping group, String key) {
        return group.list(
                key, List.of(SerializerId.MSGPACK), "json, msgpack, cbor or ubjson", ScenarioFile::serializer);
    }

    private static SerializerId serializer(String text) {
        try {
            return SerializerId.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("expected json, msgpack, cbor or ubjson, found '" + text + "'", unknown);
        }
    }
}
