package dev.weft.load.scenario;

import dev.weft.load.scenario.Load.Idle;
import dev.weft.load.scenario.Load.Join;
import dev.weft.load.scenario.Load.PubSub;
import dev.weft.load.scenario.Load.Rpc;
import java.util.List;

/** How many sessions a scenario takes, and what becomes of it where there cannot be so many. */
public final class Sessions {
    private Sessions() {}

    public static long of(Scenario scenario) {
        return scenario.loads().stream().mapToLong(Sessions::of).sum();
    }

    static long of(Load load) {
        if (load instanceof Rpc rpc) {
            return (long) rpc.callers() + rpc.callees();
        }
        if (load instanceof PubSub pubSub) {
            return (long) pubSub.publishers() + pubSub.subscribers();
        }
        return load instanceof Join join ? join.sessions() : ((Idle) load).sessions();
    }

    /** The same with fewer subscribers and fewer sessions that join or idle, all by the same factor. */
    public static Scenario cutTo(Scenario scenario, int most) {
        double factor = (double) most / of(scenario);
        if (factor >= 1) {
            return scenario;
        }
        List<Load> loads =
                scenario.loads().stream().map(load -> cut(load, factor)).toList();
        return new Scenario(
                scenario.name(),
                scenario.realm(),
                scenario.endpoints(),
                scenario.otherEndpoints(),
                scenario.warmup(),
                scenario.duration(),
                loads);
    }

    private static Load cut(Load load, double factor) {
        if (load instanceof PubSub pubSub) {
            return new PubSub(
                    pubSub.publishers(),
                    Math.max(pubSub.patterns(), (int) (pubSub.subscribers() * factor)),
                    pubSub.topics(),
                    pubSub.subscriptions(),
                    pubSub.match(),
                    pubSub.patterns(),
                    pubSub.messages());
        }
        if (load instanceof Join join) {
            return new Join(Math.max(1, (int) (join.sessions() * factor)), join.perSecond(), join.serializers());
        }
        if (load instanceof Idle idle) {
            return new Idle(Math.max(1, (int) (idle.sessions() * factor)), idle.subscriptions(), idle.serializers());
        }
        return load;
    }
}
