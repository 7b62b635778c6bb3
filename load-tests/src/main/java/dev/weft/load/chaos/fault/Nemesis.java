package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Does to the cluster what the schedule says, one step after the other. */
public final class Nemesis {
    private final Cluster cluster;
    private final Witness witness;

    public Nemesis(Cluster cluster, Witness witness) {
        this.cluster = cluster;
        this.witness = witness;
    }

    /**
     * Returns when all faults of the step are taken back and the nodes that they took down are ready: which may need that the
     * other fault is over.
     */
    public void play(Schedule.Step step) throws Exception {
        long start = System.nanoTime() + step.quiet().toNanos();
        List<Act> acts = new ArrayList<>();
        for (Fault fault : step.faults()) {
            long begin = acts.isEmpty() ? start : start + step.between().toNanos();
            acts.add(new Act(begin, fault, true));
            acts.add(new Act(begin + fault.length().toNanos(), fault, false));
        }
        acts.sort(Comparator.comparingLong(Act::at));
        for (Act act : acts) {
            TimeUnit.NANOSECONDS.sleep(act.at() - System.nanoTime());
            perform(act);
        }
        for (Fault fault : step.faults()) {
            if (fault.takesDown()) {
                fault.awaitReady(cluster);
                witness.ended(fault);
            }
        }
    }

    private void perform(Act act) throws Exception {
        if (act.begins()) {
            witness.began(act.fault());
            act.fault().inject(cluster);
        } else {
            act.fault().heal(cluster);
            if (!act.fault().takesDown()) {
                witness.ended(act.fault());
            }
        }
    }

    /** Who is told what happens. */
    public interface Witness {
        /** It is about to be injected. */
        void began(Fault fault) throws Exception;

        /** It is taken back. */
        void ended(Fault fault) throws Exception;
    }

    private record Act(long at, Fault fault, boolean begins) {}
}
