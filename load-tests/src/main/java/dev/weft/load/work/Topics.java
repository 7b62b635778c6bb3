package dev.weft.load.work;

import dev.weft.load.scenario.Load.PubSub;
import dev.weft.wamp.MatchPolicy;

/**
 * The topics of a load, and the patterns that cover them: topic t belongs to group t mod patterns, and a pattern covers its
 * group. Without patterns each topic is a group of its own.
 */
final class Topics {
    private final PubSub load;
    private final String prefix;

    Topics(PubSub load, String prefix) {
        this.load = load;
        this.prefix = prefix;
    }

    String topic(int topic) {
        return prefix + ".group" + topic % load.patterns() + ".topic" + topic;
    }

    /** What a subscriber subscribes to; subscribers and their subscriptions are counted from 0. */
    String subscription(int subscriber, int number) {
        int group = group(subscriber, number);
        // A last component that is empty stands for any, and a prefix may end anywhere.
        return load.match() == MatchPolicy.EXACT ? topic(group) : prefix + ".group" + group + ".";
    }

    /** How many subscriptions an event of a topic matches. */
    int[] receivers() {
        int[] ofGroup = new int[load.patterns()];
        for (int subscriber = 0; subscriber < load.subscribers(); subscriber++) {
            for (int number = 0; number < load.subscriptions(); number++) {
                ofGroup[group(subscriber, number)]++;
            }
        }
        int[] ofTopic = new int[load.topics()];
        for (int topic = 0; topic < ofTopic.length; topic++) {
            ofTopic[topic] = ofGroup[topic % load.patterns()];
        }
        return ofTopic;
    }

    private int group(int subscriber, int number) {
        return (int) (((long) subscriber * load.subscriptions() + number) % load.patterns());
    }
}
