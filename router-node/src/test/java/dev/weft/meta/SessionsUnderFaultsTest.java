package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions that come, register, leave a testament and go in every way, on nodes that are cut off or die, under random
 * order: what each subscriber was told, against what happened.
 */
class SessionsUnderFaultsTest {
    private static final int SEEDS = 50;
    private static final int ACTIONS = 80;
    private static final String LAST_WORDS = "com.example.last";

    private final Map<Caller, Long> asked = new HashMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    private final List<Caller> callers = new ArrayList<>();
    private final Map<Caller, Integer> homes = new HashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Integer> watchersHomes = new ArrayList<>();
    private Random random;
    private SimulatedNodes nodes;
    private boolean cutOnce;

    @ParameterizedTest
    @ValueSource(strings = {"no fault", "a death", "partitions", "all"})
    void everySubscriberIsToldWhatHappenedToEachSession(String faults) {
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            boolean cuts = faults.equals("partitions") || faults.equals("all");
            int death = faults.equals("a death") || faults.equals("all") ? random.nextInt(ACTIONS) : -1;
            for (int i = 0; i < ACTIONS; i++) {
                if (i == death) {
                    kill(random.nextInt(nodes.size()));
                }
                if (cuts && random.nextInt(10) == 0) {
                    cutOrHeal();
                }
                act();
                for (int steps = random.nextInt(12); steps > 0; steps--) {
                    nodes.step();
                }
            }
            nodes.linkAll();
            nodes.settle();
            check("seed " + seed + ", " + faults);
        }
    }

    private void begin(int seed) {
        random = new Random(seed);
        nodes = new SimulatedNodes(random, 3, 2, MetaAccess.FULL);
        List.of(asked, homes).forEach(Map::clear);
        List.of(acknowledged, ended).forEach(Set::clear);
        List.of(callers, watchers, watchersHomes).forEach(List::clear);
        cutOnce = false;
        for (int node = 0; node < 3; node++) {
            for (int loop = 0; loop < 2; loop++) {
                watchers.add(new Watcher(nodes, node, loop, SerializerId.JSON, ""));
                watchersHomes.add(node);
            }
        }
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
    }

    private void act() {
        int choice = random.nextInt(10);
        if (choice < 3 || callers.isEmpty()) {
            int node = random.nextInt(nodes.size());
            Caller caller = new Caller(nodes, nodes.hello(node, random.nextInt(2), SerializerId.JSON));
            callers.add(caller);
            homes.put(caller, node);
            return;
        }
        Caller caller = callers.get(random.nextInt(callers.size()));
        if (caller.connection().isClosed()) {
            return;
        }
        switch (choice) {
            case 3, 4 ->
                caller.says(new Register(
                        caller.nextRequest(),
                        new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, false, false),
                        "com.example.procedure" + random.nextInt(3)));
            case 5, 6 -> addTestament(caller);
            case 7 -> caller.connection().lost();
            case 8 -> {
                caller.says(new Goodbye(Map.of(), "wamp.close.close_realm"));
                caller.connection().lost();
            }
            default ->
                caller.ask(
                        "wamp.session.kill",
                        List.of(callers.get(random.nextInt(callers.size())).session()),
                        Map.of());
        }
    }

    private void addTestament(Caller caller) {
        if (!asked.containsKey(caller)) {
            List<Object> args = List.of(LAST_WORDS, List.of(caller.session()));
            asked.put(caller, caller.ask("wamp.session.add_testament", args, Map.of()));
        }
    }

    private void cutOrHeal() {
        if (nodes.size() > 1 && random.nextBoolean()) {
            cutOnce = true;
            int one = random.nextInt(nodes.size());
            nodes.cut(one, (one + 1) % nodes.size());
        } else {
            nodes.linkAll();
        }
    }

    private void kill(int node) {
        nodes.kill(node);
        for (int i = watchers.size() - 1; i >= 0; i--) {
            if (watchersHomes.get(i) == node) {
                watchersHomes.remove(i);
                watchers.remove(i);
            }
        }
        watchersHomes.replaceAll(other -> other > node ? other - 1 : other);
        List<Caller> gone =
                callers.stream().filter(caller -> homes.get(caller) == node).toList();
        gone.forEach(caller -> ended.add(caller.session()));
        gone.forEach(this::noteAcknowledged);
        callers.removeAll(gone);
        homes.replaceAll((caller, other) -> other > node ? other - 1 : other);
    }

    private void noteAcknowledged(Caller caller) {
        Long request = asked.get(caller);
        if (request != null
                && caller.connection().received(Result.class).stream().anyMatch(one -> one.request() == request)) {
            acknowledged.add(caller.session());
        }
    }

    private static boolean isOpen(RecordingConnection connection) {
        return !connection.isClosed() && connection.received(Goodbye.class).isEmpty();
    }

    private void check(String when) {
        callers.forEach(this::noteAcknowledged);
        Set<Long> alive = new TreeSet<>();
        watchers.forEach(watcher -> alive.add(watcher.session()));
        for (Caller caller : callers) {
            if (isOpen(caller.connection())) {
                alive.add(caller.session());
            } else {
                ended.add(caller.session());
            }
        }
        for (int node = 0; node < nodes.size(); node++) {
            Set<Long> known = new TreeSet<>();
            nodes.tables(node).tables(SimulatedNodes.REALM).sessions().all().forEach(entry -> known.add(entry.id()));
            assertThat(known).as("%s: sessions that node %d knows", when, node).isEqualTo(alive);
        }
        for (int i = 0; i < watchers.size(); i += 2) {
            assertThat(watchers.get(i + 1).seen())
                    .as("%s: the order of events on two event loops of a node", when)
                    .isEqualTo(watchers.get(i).seen());
        }
        Set<Long> all = new HashSet<>(ended);
        callers.forEach(caller -> all.add(caller.session()));
        for (int i = 0; i < watchers.size(); i++) {
            checkRegistrations(watchers.get(i), when);
            Set<Long> ofItsNode = sessionsOf(watchersHomes.get(i));
            for (long session : all) {
                boolean certain = !cutOnce || ofItsNode.contains(session);
                checkStory(watchers.get(i), session, alive.contains(session), certain, when + ", session " + session);
            }
        }
    }

    /** on_create, on_register and their ends, for each registration and each session, as the specification orders them. */
    private static void checkRegistrations(Watcher watcher, String when) {
        Map<Object, Set<Object>> callees = new HashMap<>();
        Set<Object> emptied = new HashSet<>();
        for (Watcher.Seen seen : watcher.seen()) {
            Object session = seen.args().isEmpty() ? 0L : seen.args().get(0);
            Object registration = seen.args().size() < 2 ? 0L : seen.args().get(1);
            switch (seen.topic()) {
                case "wamp.registration.on_create" -> {
                    Object id = ((Map<?, ?>) registration).get("id");
                    assertThat(callees.put(id, new HashSet<>()))
                            .as("%s: %s twice", when, seen)
                            .isNull();
                }
                case "wamp.registration.on_register" -> {
                    assertThat(callees).as("%s: %s", when, seen).containsKey(registration);
                    assertThat(callees.get(registration).add(session))
                            .as("%s: %s", when, seen)
                            .isTrue();
                }
                case "wamp.registration.on_unregister" -> {
                    assertThat(callees.get(registration).remove(session))
                            .as("%s: %s", when, seen)
                            .isTrue();
                    if (callees.get(registration).isEmpty()) {
                        emptied.add(registration);
                    }
                }
                case "wamp.registration.on_delete" -> {
                    assertThat(emptied.remove(registration))
                            .as("%s: %s", when, seen)
                            .isTrue();
                    callees.remove(registration);
                }
                case "wamp.session.on_leave" ->
                    assertThat(callees.values().stream().flatMap(Set::stream))
                            .as("%s: %s left before its registrations ended", when, session)
                            .doesNotContain(session);
                default ->
                    assertThat(emptied)
                            .as("%s: not deleted before %s", when, seen)
                            .isEmpty();
            }
        }
    }

    private Set<Long> sessionsOf(int node) {
        Set<Long> sessions = new HashSet<>();
        callers.stream().filter(caller -> homes.get(caller) == node).forEach(caller -> sessions.add(caller.session()));
        return sessions;
    }

    /** @param certain whether no partition came between the watcher and the session */
    private void checkStory(Watcher watcher, long session, boolean alive, boolean certain, String when) {
        List<String> story = watcher.storyOf(session);
        List<String> comings = story.stream()
                .filter(word -> word.equals("on_join") || word.equals("on_leave"))
                .toList();
        for (int i = 0; i < comings.size(); i++) {
            assertThat(comings.get(i)).as("%s: %s", when, story).isEqualTo(i % 2 == 0 ? "on_join" : "on_leave");
        }
        boolean isThere = comings.size() % 2 == 1;
        assertThat(isThere).as("%s: %s", when, story).isEqualTo(alive);
        long words = story.stream().filter(word -> word.equals("last")).count();
        if (certain) {
            assertThat(comings).as(when).hasSizeLessThan(3);
        }
        // One that was never known here was on a node that died before it could tell.
        if (certain && !comings.isEmpty()) {
            long least = acknowledged.contains(session) && !alive ? 1 : 0;
            assertThat(words).as("%s: %s", when, story).isBetween(least, alive ? 0L : 1L);
        }
        if (words > 0) {
            assertThat(story.lastIndexOf("last")).as(when).isLessThan(story.lastIndexOf("on_leave"));
        }
    }
}
