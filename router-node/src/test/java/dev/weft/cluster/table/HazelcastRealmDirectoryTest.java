package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.directory.RealmDirectory;
import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two real members that decide together which realms on demand there are. */
@Tag("cluster")
final class HazelcastRealmDirectoryTest {
    private static final NodeId A = new NodeId("a", 1);
    private static final NodeId B = new NodeId("b", 2);
    private static final int MOST = 5;
    private static final TableThread CONTROL = new TableThread("tables");
    private static final TestMembers MEMBERS = new TestMembers();
    private static HazelcastTableStore store;
    private static RealmDirectory here;
    private static RealmDirectory there;

    @BeforeAll
    static void twoMembers() throws Exception {
        HazelcastMembership one = MEMBERS.join(A);
        HazelcastMembership other = MEMBERS.join(B);
        store = new HazelcastTableStore(one);
        here = directory(one, A);
        there = directory(other, B);
    }

    private static RealmDirectory directory(HazelcastMembership member, NodeId node) {
        TableOwner owner = new TableOwner(node, store, new RecordedMirror(), CONTROL, TableSettings.DEFAULT);
        return new HazelcastRealmDirectory(member, node, owner, CONTROL);
    }

    @AfterAll
    static void leave() {
        CONTROL.close();
        store.close();
        MEMBERS.close();
    }

    private static boolean isGranted(CompletionStage<Boolean> claim) throws Exception {
        return claim.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static boolean claims(RealmDirectory directory, String kind, String realm) throws Exception {
        return isGranted(directory.claim(kind, realm, MOST));
    }

    @Test
    void ofClaimsMadeAtOnceOnBothAsManyAreGrantedAsThereMayBe() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<CompletionStage<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                claims.add(here.claim("race " + round, round + ".here." + i, MOST));
                claims.add(there.claim("race " + round, round + ".there." + i, MOST));
            }
            int granted = 0;
            for (CompletionStage<Boolean> claim : claims) {
                granted += isGranted(claim) ? 1 : 0;
            }
            assertThat(granted).as("round %d", round).isEqualTo(MOST);
        }
    }

    @Test
    void aRealmCountsUntilTheLastNodeHasReleasedIt() throws Exception {
        for (int i = 0; i < MOST; i++) {
            assertThat(claims(here, "kept", "kept." + i)).isTrue();
        }
        assertThat(claims(there, "kept", "kept.0")).isTrue();
        here.release("kept", "kept.0");
        assertThat(claims(here, "kept", "kept.more")).isFalse();

        there.release("kept", "kept.0");
        await().until(() -> claims(here, "kept", "kept.more"));
    }

    @Test
    void aRealmThatIsReleasedAndClaimedAgainAtOnceCounts() throws Exception {
        for (int i = 0; i < MOST; i++) {
            assertThat(claims(here, "again", "again." + i)).isTrue();
        }
        for (int round = 0; round < 100; round++) {
            here.release("again", "again.0");
            assertThat(claims(here, "again", "again.0")).isTrue();
        }
        assertThat(claims(there, "again", "again.more")).isFalse();
    }

    @Test
    void whatOnlyADeadNodeHadDoesNotCount() throws Exception {
        NodeId dead = new NodeId("dead", 9);
        RealmDirectory left = directory(MEMBERS.first(), dead);
        for (int i = 0; i < MOST; i++) {
            assertThat(claims(left, "left", "left." + i)).isTrue();
        }
        assertThat(claims(here, "left", "left.0")).isTrue();
        assertThat(claims(here, "left", "left.more")).isFalse();

        store.purge(Stale.ofAllBut(Set.of(A, B), 100)).toCompletableFuture().get(10, TimeUnit.SECONDS);

        for (int i = 1; i < MOST; i++) {
            assertThat(claims(there, "left", "new." + i)).isTrue();
        }
        assertThat(claims(there, "left", "left.more")).isFalse();
    }
}
