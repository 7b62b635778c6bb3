package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipObserver;
import dev.weft.cluster.table.InterestHolders.Holder;
import dev.weft.config.HostPort;
import dev.weft.directory.RealmDirectory;
import dev.weft.link.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Realms on demand that come and go on both sides of a split: two real members that lose each other's bytes for a while. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class RealmsOnDemandInASplitTest {
    private static final String KIND = "com.tenant.";
    private static final int MOST = 4;

    private final List<AutoCloseable> open = new ArrayList<>();

    private final class Side implements MembershipObserver {
        private final HazelcastMembership member;
        private final TableOwner owner;
        private final RealmDirectory directory;

        private Side(SplitMembers members, String name) throws IOException {
            NodeId id = new NodeId(name, 1);
            member = members.join(id);
            HazelcastTableStore store = new HazelcastTableStore(member);
            open.add(store);
            TableThread control = new TableThread("tables of " + name);
            open.add(control);
            owner = new TableOwner(id, store, new RecordedMirror(), control, TableSettings.DEFAULT);
            directory = new HazelcastRealmDirectory(member, id, owner, control);
            member.watch(control, this);
        }

        private boolean claims(String realm) throws Exception {
            return directory.claim(KIND, realm, MOST).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }

        /** The realms that count, and the names of the nodes with a part of each. */
        private Map<String, Set<String>> counted() {
            Map<String, RealmRoster> kinds = member.hazelcast().getMap(HazelcastTables.REALMS);
            Map<String, Set<String>> counted = new HashMap<>();
            kinds.getOrDefault(KIND, RealmRoster.EMPTY)
                    .realms()
                    .forEach((realm, holders) -> counted.put(realm, names(holders)));
            return counted;
        }

        @Override
        public void changed(Map<NodeId, HostPort> view) {
            owner.members(view.keySet());
        }

        @Override
        public void vanished() {
            owner.vanished();
        }

        @Override
        public void merged() {
            owner.merged();
        }
    }

    private static Set<String> names(List<Holder> holders) {
        return holders.stream().map(holder -> holder.node().name()).collect(Collectors.toSet());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void eachSideGoesOnAndAfterwardsWhatEitherHasMadeCountsAndWhatHasGoneDoesNot() throws Exception {
        SplitMembers members = new SplitMembers();
        open.add(members);
        Side a = new Side(members, "a");
        Side b = new Side(members, "b");
        members.awaitSize(2);
        for (String realm : List.of("of-both", "of-a")) {
            assertThat(a.claims(realm)).isTrue();
        }
        for (String realm : List.of("of-both", "of-b")) {
            assertThat(b.claims(realm)).isTrue();
        }

        members.split();
        members.awaitSize(1);
        assertThat(a.claims("new-on-a")).isTrue();
        assertThat(b.claims("new-on-b")).isTrue();
        b.directory.release(KIND, "of-b");

        members.heal();
        members.awaitSize(2);
        Map<String, Set<String>> whole = Map.of(
                "of-both", Set.of("a", "b"), "of-a", Set.of("a"), "new-on-a", Set.of("a"), "new-on-b", Set.of("b"));
        for (Side side : List.of(a, b)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(side.counted()).isEqualTo(whole));
        }
        assertThat(a.claims("one-too-many")).isFalse();
        assertThat(b.claims("one-too-many")).isFalse();
        assertThat(a.claims("new-on-b")).as("it is there already").isTrue();
    }
}
