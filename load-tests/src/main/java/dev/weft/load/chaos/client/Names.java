package dev.weft.load.chaos.client;

import dev.weft.wamp.MatchPolicy;
import java.util.SplittableRandom;

/** The topics and procedures of a run. Patterns overlap, so that an event comes to a subscriber by several subscriptions. */
final class Names {
    static final int SHARED_PROCEDURES = 2;
    static final int RACES = 3;

    private static final int GROUPS = 2;
    private static final int TOPICS_OF_A_GROUP = 4;

    private Names() {}

    static String topic(SplittableRandom random) {
        return topic(random.nextInt(GROUPS), random.nextInt(TOPICS_OF_A_GROUP));
    }

    /** Nobody has used it, or its like, before. */
    static String freshTopic(Session session, long count) {
        return "chaos.fresh" + session.number() + "." + count;
    }

    static String shared(int number) {
        return "chaos.shared.p" + number;
    }

    static String own(int callee) {
        return "chaos.own.callee" + callee;
    }

    static String race(int number) {
        return "chaos.race.p" + number;
    }

    static String held(int node) {
        return "chaos.held.node" + node;
    }

    static String probe(int node, long round) {
        return "probe.node" + node + ".r" + round;
    }

    static Pattern pattern(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Pattern(MatchPolicy.PREFIX, "chaos.g" + random.nextInt(GROUPS));
            case 1 -> new Pattern(MatchPolicy.WILDCARD, "chaos..t" + random.nextInt(TOPICS_OF_A_GROUP));
            case 2 -> new Pattern(MatchPolicy.WILDCARD, "chaos.g" + random.nextInt(GROUPS) + ".");
            default -> new Pattern(MatchPolicy.EXACT, topic(random));
        };
    }

    private static String topic(int group, int number) {
        return "chaos.g" + group + ".t" + number;
    }

    /** What a subscription asks for. */
    record Pattern(MatchPolicy match, String topic) {}
}
