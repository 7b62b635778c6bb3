package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TakenIdsTest {
    private static final TableKey KEY = new TableKey("realm1", MatchPolicy.EXACT, "com.example.topic");

    private final TakenIds ids = new TakenIds("subscription");

    @Test
    void everyNodeProposesTheSameId() {
        assertThat(ids.propose(KEY)).isEqualTo(new TakenIds("subscription").propose(KEY));
    }

    @Test
    void eachPartOfAKeyMakesAnotherId() {
        Set<Long> proposed = new HashSet<>();
        proposed.add(ids.propose(KEY));
        proposed.add(new TakenIds("registration").propose(KEY));
        proposed.add(ids.propose(new TableKey("realm2", MatchPolicy.EXACT, "com.example.topic")));
        proposed.add(ids.propose(new TableKey("realm1", MatchPolicy.PREFIX, "com.example.topic")));
        proposed.add(ids.propose(new TableKey("realm1", MatchPolicy.EXACT, "com.example.topics")));

        assertThat(proposed).hasSize(5).allMatch(WampId::isValid);
    }

    @Test
    void anIdThatStandsForSomethingElseIsNotProposedUntilItIsReleased() {
        TableKey other = new TableKey("realm1", MatchPolicy.EXACT, "com.example.other");
        long first = ids.propose(KEY);
        assertThat(ids.take(first, other)).isTrue();
        assertThat(ids.take(first, other)).isTrue();

        assertThat(ids.take(first, KEY)).isFalse();
        assertThat(ids.propose(KEY)).isNotEqualTo(first);
        ids.release(first);
        assertThat(ids.propose(KEY)).isNotEqualTo(first);
        ids.release(first);
        assertThat(ids.propose(KEY)).isEqualTo(first);
    }
}
