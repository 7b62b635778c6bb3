package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A mirror that only remembers. */
class RecordedMirror implements Mirror {
    record Interested(TableKey key, Lane lane) {}

    record Registered(TableKey key, long session, Lane lane) {}

    record Joined(long session, Lane lane) {}

    final Map<Interested, Long> interest = new HashMap<>();
    final Map<Registered, CalleeAdded> callees = new HashMap<>();
    final Map<Joined, SessionJoined> sessions = new HashMap<>();
    /** About testaments, in the order told. */
    final List<TableChange> told = new ArrayList<>();

    private final Map<Long, NodeId> nodes = new HashMap<>();
    /** Ever seen, so that many callees of one policy are not looked through for each that comes. */
    private final Map<TableKey, Set<InvocationPolicy>> policies = new HashMap<>();

    @Override
    public void interestAdded(String realm, MatchPolicy match, String topic, long subscription, Lane lane) {
        interest.put(new Interested(new TableKey(realm, match, topic), lane), subscription);
    }

    @Override
    public void interestRemoved(String realm, MatchPolicy match, String topic, Lane lane) {
        interest.remove(new Interested(new TableKey(realm, match, topic), lane));
    }

    @Override
    public void calleeAdded(CalleeAdded callee, NodeId node, Lane lane) {
        TableKey key = new TableKey(callee.realm(), callee.match(), callee.procedure());
        callees.put(new Registered(key, callee.session(), lane), callee);
        nodes.put(callee.session(), node);
        policies.computeIfAbsent(key, same -> EnumSet.noneOf(InvocationPolicy.class))
                .add(callee.invoke());
    }

    @Override
    public void calleeRemoved(CalleeRemoved callee, Lane lane) {
        TableKey key = new TableKey(callee.realm(), callee.match(), callee.procedure());
        callees.remove(new Registered(key, callee.session(), lane));
    }

    @Override
    public void sessionJoined(SessionJoined session, Lane lane) {
        sessions.put(new Joined(session.details().identity().session(), lane), session);
    }

    @Override
    public void sessionLeft(SessionLeft session, Lane lane) {
        sessions.remove(new Joined(session.session(), lane));
    }

    @Override
    public void testamentAdded(TestamentAdded testament, Lane lane) {
        told.add(testament);
    }

    @Override
    public void testamentsFlushed(TestamentsFlushed testaments, Lane lane) {
        told.add(testaments);
    }

    @Override
    public void laneDown(Lane lane) {
        interest.keySet().removeIf(interested -> interested.lane().equals(lane));
        callees.keySet().removeIf(registered -> registered.lane().equals(lane));
        sessions.keySet().removeIf(joined -> joined.lane().equals(lane));
    }

    @Override
    public void forEach(TableKind table, Lane lane, Consumer<TableChange> action) {
        if (table == TableKind.INTEREST) {
            interest.forEach((held, id) -> {
                if (held.lane() == lane) {
                    TableKey key = held.key();
                    action.accept(new InterestAdded(key.realm(), key.match(), key.uri(), id));
                }
            });
        } else if (table == TableKind.CALLEES) {
            callees.forEach((held, callee) -> {
                if (held.lane() == lane) {
                    action.accept(callee);
                }
            });
        } else {
            sessions.forEach((held, session) -> {
                if (held.lane() == lane) {
                    action.accept(session);
                }
            });
        }
    }

    Set<Lane> lanesFor(TableKey key) {
        Set<Lane> lanes = new HashSet<>();
        interest.keySet().stream().filter(one -> one.key().equals(key)).forEach(one -> lanes.add(one.lane()));
        return lanes;
    }

    Set<Long> sessionsFor(TableKey key) {
        Set<Long> sessions = new HashSet<>();
        callees.keySet().stream().filter(one -> one.key().equals(key)).forEach(one -> sessions.add(one.session()));
        return sessions;
    }

    @Override
    public List<SeenCallee> calleesOf(TableKey procedure) {
        return callees.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(procedure))
                .map(entry -> new SeenCallee(
                        nodes.get(entry.getKey().session()),
                        entry.getKey().session(),
                        entry.getValue().invoke(),
                        true))
                .toList();
    }

    @Override
    public @Nullable InvocationPolicy excluding(
            TableKey procedure, InvocationPolicy invoke, NodeId node, long session) {
        boolean shared = invoke != InvocationPolicy.SINGLE;
        if (shared && Set.of(invoke).containsAll(policies.getOrDefault(procedure, Set.of()))) {
            return null;
        }
        return calleesOf(procedure).stream()
                .filter(callee -> callee.session() != session || !callee.node().equals(node))
                .map(SeenCallee::invoke)
                .filter(other -> !shared || other != invoke)
                .findFirst()
                .orElse(null);
    }

    @Override
    public long subscriptionOf(TableKey topic) {
        return interest.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(0);
    }

    @Override
    public void whenContested(Consumer<TableKey> contested) {}
}
