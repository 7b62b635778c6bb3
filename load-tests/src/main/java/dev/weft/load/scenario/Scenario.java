package dev.weft.load.scenario;

import dev.weft.load.client.Endpoint;
import java.time.Duration;
import java.util.List;

/**
 * What a run does. Endpoints are used in turn.
 *
 * @param endpoints of callers, publishers and sessions that join
 * @param otherEndpoints of callees and subscribers
 * @param warmup does not count
 * @param duration counts
 * @param loads all at once
 */
public record Scenario(
        String name,
        String realm,
        List<Endpoint> endpoints,
        List<Endpoint> otherEndpoints,
        Duration warmup,
        Duration duration,
        List<Load> loads) {

    /** The same elsewhere; an empty list changes nothing. */
    public Scenario at(List<Endpoint> here, List<Endpoint> there) {
        List<Endpoint> senders = here.isEmpty() ? endpoints : here;
        List<Endpoint> unnamed = here.isEmpty() ? otherEndpoints : here;
        return new Scenario(name, realm, senders, there.isEmpty() ? unnamed : there, warmup, duration, loads);
    }

    public Scenario lasting(Duration newWarmup, Duration newDuration) {
        return new Scenario(name, realm, endpoints, otherEndpoints, newWarmup, newDuration, loads);
    }

    public Scenario inRealm(String newRealm) {
        return new Scenario(name, newRealm, endpoints, otherEndpoints, warmup, duration, loads);
    }
}
