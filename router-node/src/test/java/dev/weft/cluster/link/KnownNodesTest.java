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

    private static final InetSocketAddress MEMBER = InetSocketAddress.createUnresolved("127.0.0.1", 1);
    private static final InetSocketAddress TOLD = InetSocketAddress.createUnresolved("127.0.0.1", 2);

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
    void aNodeThatAPeerTellsOfIsASuspectUntilItIsAMember() {
        want(B);
        assertThat(hear(A)).isTrue();
        assertThat(nodes.states()).containsOnlyKeys(A, B);
        assertThat(nodes.isSuspect(A)).isTrue();
        assertThat(nodes.isSuspect(B)).isFalse();
        want(A, B);
        assertThat(nodes.isSuspect(A)).isFalse();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aNodeThatAPeerTellsOfIsGivenUpAfterAnHourHoweverOftenItIsToldOf() {
        now = HOUR;
        hear(A);
        now = 2 * HOUR;
        assertThat(hear(A)).isFalse();
        giveUp(List.of());
        assertThat(forgotten).as("the hour began when it was told of").isEmpty();
        now = 2 * HOUR + 1;
        giveUp(List.of());
        assertThat(forgotten).containsExactly(A);
        assertThat(hear(A)).as("told of again").isFalse();
        assertThat(nodes.states()).isEmpty();
        want(A);
        assertThat(nodes.states()).containsOnlyKeys(A);
    }

    @Test
    void aNodeThatIsGoneIsNotWantedBecauseAPeerTellsOfIt() {
        want(A, B);
        nodes.left(A);
        assertThat(hear(A)).isFalse();
        assertThat(nodes.states()).containsOnlyKeys(B);
        assertThat(hear(A_AGAIN)).as("its next run").isTrue();
    }

    @Test
    void ofAMemberNoOtherRunIsWantedBecauseAPeerTellsOfIt() {
        want(A, B);
        assertThat(hear(A_AGAIN)).isFalse();
        assertThat(nodes.states()).containsOnlyKeys(A, B);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aSuspectThatAPeerTellsOfIsCalledAlready() {
        want(A);
        nodes.suspect(A);
        now = 1;
        assertThat(hear(A)).isFalse();
        now = HOUR + 1;
        giveUp(List.of());
        assertThat(forgotten).as("missed since membership lost it").containsExactly(A);
    }

    @Test
    void ofANodeThatMembershipHasLostOneOtherRunIsWantedBecauseAPeerTellsOfIt() {
        want(A, B);
        nodes.suspect(A);
        assertThat(hear(A_AGAIN)).isTrue();
        assertThat(hear(new NodeId("a", 99))).as("a third one").isFalse();
        assertThat(nodes.states()).containsOnlyKeys(A, A_AGAIN, B);
        assertThat(forgotten).isEmpty();

        nodes.linked(A_AGAIN);
        assertThat(nodes.states()).containsOnlyKeys(A_AGAIN, B);
        assertThat(forgotten).containsExactly(A);
    }

    @Test
    void noRunOfThisNodeIsWantedBecauseAPeerTellsOfIt() {
        assertThat(hear(new NodeId("m", 1))).isFalse();
        assertThat(hear(new NodeId("m", 7))).isFalse();
        assertThat(nodes.states()).isEmpty();
    }

    @Test
    void aRunThatOnlyAPeerToldOfGivesWayToTheMemberAndIsNotGone() {
        hear(A);
        want(A_AGAIN);
        assertThat(nodes.states()).containsOnlyKeys(A_AGAIN);
        assertThat(nodes.isForgotten(A)).isFalse();
        assertThat(forgotten).isEmpty();
        want(A_AGAIN, A);
        assertThat(nodes.states()).as("it was the later one").containsOnlyKeys(A);
        assertThat(forgotten).containsExactly(A_AGAIN);
    }

    @Test
    void aRunThatOnlyAPeerToldOfGivesWayToTheOneThatIsLinkedAndIsNotGone() {
        hear(A);
        nodes.linked(A_AGAIN);
        assertThat(nodes.states()).isEmpty();
        assertThat(nodes.isForgotten(A)).isFalse();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aMemberThatPeersToldOfFirstIsGoneWhenALaterRunIsAMember() {
        hear(A);
        want(A);
        want(A, A_AGAIN);
        assertThat(nodes.isForgotten(A)).isTrue();
        assertThat(forgotten).containsExactly(A);
    }

    @Test
    void whatPeersTellOfIsBounded() {
        int most = 0;
        for (int i = 0; i < 10_000; i++) {
            most += hear(new NodeId("x" + i, i)) ? 1 : 0;
        }
        assertThat(most).isBetween(100, 200);
        assertThat(nodes.states()).hasSize(most);
        want(A, B);
        assertThat(nodes.states()).as("members are always wanted").containsKeys(A, B);
        want(A, B, new NodeId("x0", 0));
        assertThat(hear(new NodeId("y", 1))).as("one of them is a member now").isTrue();
        assertThat(hear(new NodeId("z", 1))).isFalse();
        now = HOUR + 1;
        giveUp(List.of());
        assertThat(forgotten).hasSize(most);
        assertThat(hear(new NodeId("z", 1))).isTrue();
    }

    @Test
    void whereANodeListensIsKnownFromMembershipAndFromPeers() {
        assertThat(nodes.address(A)).isNull();
        hear(A);
        assertThat(nodes.address(A)).isEqualTo(TOLD);
        want(A);
        assertThat(nodes.address(A)).isEqualTo(MEMBER);
        nodes.left(A);
        assertThat(nodes.address(A)).isNull();
    }

    @Test
    void membershipAddsWhomThisNodeDidNotKnow() {
        hear(A);
        Map<NodeId, InetSocketAddress> members = new LinkedHashMap<>();
        members.put(A, MEMBER);
        members.put(B, MEMBER);
        assertThat(nodes.wanted(members)).containsExactly(B);
        assertThat(nodes.wanted(members)).isEmpty();
    }

    @Test
    void whoHasClosedWantsNobody() {
        nodes.close();
        assertThat(hear(A)).isFalse();
        assertThat(nodes.states()).isEmpty();
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

    private boolean hear(NodeId node) {
        return nodes.heardOf(node, TOLD);
    }

    private void want(NodeId... members) {
        Map<NodeId, InetSocketAddress> map = new LinkedHashMap<>();
        for (NodeId member : members) {
            map.put(member, MEMBER);
        }
        nodes.wanted(map);
    }
}
