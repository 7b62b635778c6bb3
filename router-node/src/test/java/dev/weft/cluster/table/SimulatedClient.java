package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.dealer.CalleeEntry;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.InvocationPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one event loop, or one session, wants to hold and holds; checks each answer when it comes. */
final class SimulatedClient {
    /** Requests are given up after 10 seconds, looked for each second. */
    private static final long PATIENCE_NANOS = 11_500_000_000L;

    private record Asked(boolean addition, long at, long frozenBefore) {}

    final SimulatedNode node;
    final TableKey key;
    final @Nullable CalleeClaim claim;
    private final Simulation simulation;
    private final LocalLane lane;
    private final Deque<Asked> unanswered = new ArrayDeque<>();
    private boolean wanted;
    private boolean held;
    /** Granted, and neither given back nor revoked. */
    private boolean granted;

    int revocations;

    SimulatedClient(
            Simulation simulation, SimulatedNode node, LocalLane lane, TableKey key, @Nullable CalleeClaim claim) {
        this.simulation = simulation;
        this.node = node;
        this.lane = lane;
        this.key = key;
        this.claim = claim;
    }

    LocalLane lane() {
        return lane;
    }

    boolean isHeld() {
        return held && node.isAlive();
    }

    boolean isSingle() {
        return claim != null && claim.invoke() == InvocationPolicy.SINGLE;
    }

    boolean isSettled() {
        return unanswered.isEmpty();
    }

    void change() {
        wanted = !wanted;
        unanswered.add(new Asked(wanted, node.nanoTime(), node.frozenNanos()));
        if (wanted && claim == null) {
            node.owner.addInterest(key.realm(), key.match(), key.uri(), lane, this::answered);
        } else if (claim == null) {
            node.owner.removeInterest(key.realm(), key.match(), key.uri(), lane, this::done);
        } else if (wanted) {
            node.owner.addCallee(claim, lane, this::answered);
        } else {
            node.owner.removeCallee(claim, 0, lane, this::done);
        }
        held = held && wanted;
    }

    void leave() {
        if (wanted) {
            change();
        }
    }

    private void answered(TableAnswer answer) {
        if (answer instanceof TableAnswer.Revoked) {
            revoked();
            return;
        }
        answered(true);
        if (answer instanceof TableAnswer.Refused) {
            wanted = wanted && !unanswered.isEmpty();
            return;
        }
        granted = true;
        held = wanted && unanswered.isEmpty();
        assertThatItIsKnownEverywhere();
        if (isSingle()) {
            assertThatNobodyElseHoldsIt();
        }
    }

    private void revoked() {
        assertThat(granted).as("%s is revoked once, after it was granted", this).isTrue();
        granted = false;
        if (held) {
            held = false;
            wanted = false;
            revocations++;
        }
    }

    private void done() {
        answered(false);
        granted = false;
    }

    private void answered(boolean addition) {
        Asked asked = unanswered.poll();
        assertThat(asked).as("an answer to %s", this).isNotNull();
        assertThat(asked.addition()).as("the order of answers to %s", this).isEqualTo(addition);
        assertInTime(asked);
    }

    private void assertInTime(Asked asked) {
        long took = node.nanoTime() - asked.at() - (node.frozenNanos() - asked.frozenBefore());
        assertThat(took).as("nanoseconds until the answer to %s", this).isLessThan(PATIENCE_NANOS);
    }

    void assertThatItIsAnswered() {
        assertThat(unanswered).as("unanswered requests of %s", this).isEmpty();
    }

    private void assertThatItIsKnownEverywhere() {
        for (SimulatedNode other : simulation.nodes()) {
            SimulatedLinks.End there = other == node ? null : simulation.links().end(other, node);
            SimulatedLinks.End here = other == node ? null : simulation.links().end(node, other);
            boolean linked = here != null && here.begun && there != null;
            if (other == node || linked) {
                Lane from = other == node ? lane : there.lane;
                assertThat(isSeenBy(other, from))
                        .as("%s sees %s when it is answered", other, this)
                        .isTrue();
            }
        }
    }

    private boolean isSeenBy(SimulatedNode other, Lane from) {
        if (claim == null) {
            return simulation.lanesFor(other, key).contains(from);
        }
        return simulation.calleesAt(other, key).keySet().stream()
                .anyMatch(callee -> callee.session() == claim.session() && callee.lane() == from);
    }

    private void assertThatNobodyElseHoldsIt() {
        for (CalleeEntry seen : simulation.calleesAt(node, key).keySet()) {
            assertThat(seen.session())
                    .as("%s sees another callee when it is answered", this)
                    .isEqualTo(claim.session());
        }
        for (SimulatedClient other : simulation.clients()) {
            if (other == this || !other.isHeld() || !other.key.equals(key)) {
                continue;
            }
            assertThat(simulation.areInStep(node, other.node))
                    .as("%s and %s hold the same", this, other)
                    .isFalse();
        }
    }

    @Override
    public String toString() {
        return key.uri() + " of " + node + (claim == null ? " " + lane.name() : " session " + claim.session());
    }
}
