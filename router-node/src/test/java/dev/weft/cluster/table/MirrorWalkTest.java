package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.bridge.TableMirror;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeTraits;
import dev.weft.link.InterestAdded;
import dev.weft.link.NodeId;
import dev.weft.link.SessionJoined;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.realm.RealmRegistry;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SessionDetails;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Going through the tables that are routed by gives back what was told, lane by lane. */
class MirrorWalkTest {
    private static final int ENTRIES = Integer.getInteger("weft.audit-entries", 100_000);

    private final TableMirror mirror = new TableMirror(new RealmRegistry(Map.of(), InstantSource.fixed(Instant.EPOCH)));

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasToldIsThereAndNothingElseAlsoWhileEntriesExcludeEachOther(long seed) {
        Random random = new Random(seed);
        Map<TestLanes.ToNode, Map<TableChange, TableChange>> told = new HashMap<>();
        for (int node = 0; node < 3; node++) {
            told.put(new TestLanes.ToNode("node" + node), new HashMap<>());
        }
        List<TestLanes.ToNode> lanes = new ArrayList<>(told.keySet());
        for (int i = 0; i < 500; i++) {
            int node = random.nextInt(lanes.size());
            TestLanes.ToNode lane = lanes.get(node);
            TableChange added = entry(random, node);
            TableChange removal = EntryDigest.removal(added);
            NodeId id = new NodeId(lane.name(), 1);
            if (random.nextInt(3) == 0) {
                TableChanges.apply(removal, id, lane, mirror);
                told.get(lane).remove(removal);
            } else if (!(added instanceof SessionJoined) || told.get(lane).putIfAbsent(removal, added) == null) {
                TableChanges.apply(added, id, lane, mirror);
                told.get(lane).put(removal, added);
            }
        }
        for (TestLanes.ToNode lane : lanes) {
            Set<TableChange> walked = new HashSet<>();
            for (TableKind kind : TableKind.values()) {
                mirror.forEach(kind, lane, walked::add);
            }
            assertThat(walked)
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(told.get(lane).values());
        }
    }

    private static TableChange entry(Random random, int node) {
        MatchPolicy match = MatchPolicy.values()[random.nextInt(3)];
        String uri = "com.example.n" + random.nextInt(10);
        long term = 1L + random.nextInt(3);
        return switch (random.nextInt(3)) {
            case 0 -> new InterestAdded("realm1", match, uri, 1L + random.nextInt(3));
            case 1 ->
                new CalleeAdded(
                        "realm1",
                        match,
                        uri,
                        InvocationPolicy.SINGLE,
                        7,
                        random.nextInt(5),
                        10L + node,
                        term,
                        1,
                        CalleeTraits.NONE);
            default ->
                new SessionJoined(
                        "realm1",
                        new SessionDetails(
                                new Identity(100L * node + random.nextInt(10), "someone", "role"), "ticket", "x", "y"),
                        1);
        };
    }

    @Test
    void theDigestOfATableIsMadeInLittleTime() {
        TestLanes.ToNode lane = new TestLanes.ToNode("node");
        for (int i = 0; i < ENTRIES; i++) {
            mirror.interestAdded("realm1", MatchPolicy.EXACT, "com.example.some.topic.t" + i, i + 1, lane);
        }
        long best = Long.MAX_VALUE;
        int count = 0;
        for (int run = 0; run < 10; run++) {
            long begin = System.nanoTime();
            BucketSums sums = new BucketSums();
            mirror.forEach(TableKind.INTEREST, lane, sums::add);
            best = Math.min(best, System.nanoTime() - begin);
            count = 0;
            for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
                count += sums.count(bucket);
            }
        }
        System.out.printf(
                "digest of %d entries of a mirror: %.1f ms%n",
                ENTRIES, best / (double) TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(count).isEqualTo(ENTRIES);
    }
}
