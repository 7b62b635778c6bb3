package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.NodeId;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClusterSyncTest {
    private static final NodeId SELF = new NodeId("self", 1);
    private static final NodeId B = new NodeId("b", 2);
    private static final NodeId C = new NodeId("c", 3);

    private final ClusterSync sync = new ClusterSync(SELF);

    @Test
    void aNodeThatHasNotJoinedIsNotReady() {
        assertThat(isSynced()).isFalse();
        assertThat(sync.missing()).containsExactly("this node has not joined the cluster");
    }

    @Test
    void theFirstNodeIsReadyAtOnce() {
        sync.members(Set.of(SELF));

        assertThat(isSynced()).isTrue();
    }

    @Test
    void aNodeIsReadyWhenEveryMemberCountsItInAndIsKnown() {
        sync.members(Set.of(SELF, B, C));
        assertThat(sync.missing()).containsExactly("b has no link", "c has no link");
        sync.linkUp(B);
        sync.linkUp(C);
        assertThat(sync.missing()).containsExactly("b has not exchanged tables", "c has not exchanged tables");
        sync.countedIn(B);
        sync.known(C);
        assertThat(sync.missing()).containsExactly("b has not told what it holds", "c does not count this node in");
        sync.known(B);
        assertThat(isSynced()).isFalse();
        sync.countedIn(C);

        assertThat(isSynced()).isTrue();
        assertThat(sync.missing()).isEmpty();
    }

    @Test
    void aLinkThatGoesDownStartsAnew() {
        sync.members(Set.of(SELF, B));
        sync.linkUp(B);
        sync.countedIn(B);
        sync.linkDown(B);
        sync.linkUp(B);
        sync.known(B);

        assertThat(isSynced()).isFalse();
    }

    @Test
    void aMemberThatVanishesIsNotWaitedFor() {
        sync.members(Set.of(SELF, B));
        sync.members(Set.of(SELF));

        assertThat(isSynced()).isTrue();
    }

    @Test
    void aLinkMayComeUpBeforeItsNodeIsKnownAsAMember() {
        sync.linkUp(B);
        sync.countedIn(B);
        sync.known(B);
        sync.members(Set.of(SELF, B));

        assertThat(isSynced()).isTrue();
    }

    private boolean isSynced() {
        return sync.synced().toCompletableFuture().isDone();
    }
}
