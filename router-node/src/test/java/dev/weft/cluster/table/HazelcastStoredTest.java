package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import dev.weft.link.TableAudit;
import dev.weft.link.TableKind;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sums of what is stored, of two members, against the tables of one node in memory. */
class HazelcastStoredTest {
    private static final NodeId A = new NodeId("a", 1);
    private static final NodeId B = new NodeId("b", 2);
    private static final int ENTRIES = Integer.getInteger("weft.audit-entries", 3_000);
    private static final TestMembers MEMBERS = new TestMembers();
    private static final LocalTableStore EXPECTED = new LocalTableStore();

    private static HazelcastStored there;

    @BeforeAll
    static void twoMembersWithEntriesOfTwoNodes() throws Exception {
        HazelcastMembership one = MEMBERS.join(A);
        there = new HazelcastStored(MEMBERS.join(B));
        try (HazelcastTableStore here = new HazelcastTableStore(one)) {
            // The second callee of a procedure when the first is stored: shares that still move would let it come
            // first.
            for (int first = 0; first < 2; first++) {
                List<CompletionStage<?>> stored = new ArrayList<>();
                for (int number = first; number < ENTRIES; number += 2) {
                    both(here, stored, interest(number));
                    both(here, stored, callee(number));
                }
                CompletableFuture.allOf(stored.stream()
                                .map(CompletionStage::toCompletableFuture)
                                .toArray(CompletableFuture[]::new))
                        .get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void both(
            TableStore here, List<CompletionStage<?>> stored, Function<TableStore, CompletionStage<?>> change) {
        stored.add(change.apply(here));
        stored.add(change.apply(EXPECTED));
    }

    private static Function<TableStore, CompletionStage<?>> interest(int number) {
        return store ->
                store.addInterest(key("topic", number), new InterestOffer(owner(number), 1000L + number, false, 1));
    }

    private static Function<TableStore, CompletionStage<?>> callee(int number) {
        return store -> store.addCallee(
                key("procedure", number / 2),
                new CalleeOffer(InvocationPolicy.LAST, owner(number), number + 1, 5000L + number / 2, 0, 3, 3),
                Map.of());
    }

    private static NodeId owner(int number) {
        return number % 3 == 0 ? B : A;
    }

    private static TableKey key(String what, int number) {
        return new TableKey("realm1", MatchPolicy.values()[number % 3], "com.example." + what + number);
    }

    @AfterAll
    static void leave() {
        MEMBERS.close();
    }

    @Test
    void theSumsAreThoseOfTheSameEntriesInMemory() {
        for (NodeId owner : List.of(A, B)) {
            for (TableKind kind : List.of(TableKind.INTEREST, TableKind.CALLEES)) {
                long begin = System.nanoTime();
                BucketSums stored = there.sums(kind, owner);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                System.out.printf("sums of %s of %d entries of two members: %d ms%n", kind, ENTRIES, millis);
                BucketSums expected = EXPECTED.sums(kind, owner);
                for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
                    assertThat(stored.sum(bucket)).isEqualTo(expected.sum(bucket));
                    assertThat(stored.count(bucket)).isEqualTo(expected.count(bucket));
                }
            }
        }
    }

    @Test
    void theEntriesOfABucketAreThoseOfTheSameBucketInMemory() {
        for (TableKind kind : List.of(TableKind.INTEREST, TableKind.CALLEES)) {
            assertThat(there.entries(kind, A, 17))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(EXPECTED.entries(kind, A, 17));
        }
    }
}
