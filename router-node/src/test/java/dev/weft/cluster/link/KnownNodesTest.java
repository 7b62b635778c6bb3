package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownNodesTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final NodeId A = new NodeId("a", 5);
    private static final NodeId A_AGAIN = new NodeId("a", 2);
    private static final NodeId B = new NodeId("b", 1);

    private final List<NodeId> forgotten = new ArrayList<>();
    private long now;
    private final KnownNodes nodes =
            new KnownNodes(new NodeId("m", 1), (node, address) -> null, forgotten::add, () -> now);

    @Test
    void aNodeThatMembershipLostIsNotForgotten() {
        want(A, B);
        nodes.suspect(A);
        want(B);
        assertThat(nodes.isSuspect(A)).isTrue();
        assertThat(nodes.isForgotten(A)).isFalse();
        assertThat(nodes.states()).containsOnlyKeys(A, B);
        want(A, B);
        assertThat(nodes.isSuspect(A)).isFalse();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aNodeThatSaidGoodbyeIsGoneForGood() {
        want(A, B);
        nodes.left(A);
        assertThat(forgotten).containsExactly(A);
        want(A, B);
        assertThat(nodes.isForgotten(A)).isTrue();
        assertThat(nodes.states()).containsOnlyKeys(B);
    }

    @Test
    void anEarlierRunIsGoneWhenALaterOneIsAMember() {
        want(A, B);
        want(A, B, A_AGAIN);
        assertThat(forgotten).containsExactly(A);
        assertThat(nodes.states()).containsOnlyKeys(A_AGAIN, B);
        want(A, B, A_AGAIN);
        assertThat(nodes.isForgotten(A)).isTrue();
        assertThat(nodes.isForgotten(A_AGAIN)).isFalse();
        assertThat(forgotten).containsExactly(A);
    }

    @Test
    void ofTwoRunsTheMemberThatJoinedLastIsTheLaterOne() {
        want(A_AGAIN);
        want(A, A_AGAIN);
        assertThat(nodes.states()).containsOnlyKeys(A_AGAIN);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void anEarlierRunIsGoneWhenALaterOneIsLinked() {
        want(A, B);
        nodes.linked(A_AGAIN);
        assertThat(forgotten).containsExactly(A);
        assertThat(nodes.isForgotten(A)).isTrue();
    }

    @Test
    void anEarlierRunOfThisNodeIsNotCalled() {
        want(new NodeId("m", 7), B);
        assertThat(nodes.states()).containsOnlyKeys(B);
    }

    @Test
    void whoAnswersInPlaceOfASuspectEndsTheCallsToIt() {
        want(A, B);
        nodes.answered(A, A_AGAIN);
        assertThat(forgotten).as("still a member").isEmpty();
        nodes.suspect(A);
        nodes.answered(A, B);
        assertThat(forgotten).as("another node at its address").isEmpty();
        nodes.answered(A, A_AGAIN);
        assertThat(forgotten).containsExactly(A);
        assertThat(nodes.isForgotten(A)).isTrue();
        want(A, B);
        assertThat(nodes.isForgotten(A)).as("membership knows better").isFalse();
    }

    @Test
    void aSuspectWithoutALinkIsGivenUpAfterAnHour() {
        want(A, B);
        nodes.suspect(A);
        now = HOUR;
        giveUp(List.of());
        now = HOUR + 1;
        giveUp(List.of(A));
        now = 2 * HOUR + 1;
        giveUp(List.of());
        assertThat(forgotten).isEmpty();
        now = 2 * HOUR + 2;
        giveUp(List.of());
        assertThat(forgotten).containsExactly(A);
        assertThat(nodes.isForgotten(A)).isTrue();
        want(A, B);
        assertThat(nodes.isForgotten(A)).isFalse();
        assertThat(nodes.states()).containsOnlyKeys(A, B);
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int epoch = 10; epoch < 10_000; epoch++) {
            nodes.left(new NodeId("x", epoch));
        }
        assertThat(nodes.isForgotten(new NodeId("x", 10))).isFalse();
        assertThat(nodes.isForgotten(new NodeId("x", 9999))).isTrue();
    }

    private void giveUp(List<NodeId> linked) {
        nodes.giveUpLostOnes(linked::contains, HOUR);
    }

    private void want(NodeId... members) {
        Map<NodeId, InetSocketAddress> map = new LinkedHashMap<>();
        for (NodeId member : members) {
            map.put(member, InetSocketAddress.createUnresolved("127.0.0.1", 1));
        }
        nodes.wanted(map);
    }
}
