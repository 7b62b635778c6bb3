package dev.weft.load.report;

/**
 * How it went for about a second.
 *
 * @param second at its end, from the beginning of what counts; negative in the warm-up
 * @param perSecond operations of all loads
 * @param p50Micros latency
 * @param p99Micros latency
 * @param routerCpus CPUs that the router kept busy; not a number if it is not known
 * @param routerBytes the router's resident memory; 0 if it is not known
 * @param toolCpus CPUs that this program kept busy
 */
public record Sample(
        double second,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double routerCpus,
        long routerBytes,
        double toolCpus) {}
