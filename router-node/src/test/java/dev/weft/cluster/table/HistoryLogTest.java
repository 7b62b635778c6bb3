package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.directory.HistoryQuery;
import dev.weft.directory.HistoryQuery.Span;
import dev.weft.directory.HistoryQuery.Stretch;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryLogTest {
    static final Identity USER = new Identity(7, "joe", "user");
    private static final Identity ADMIN = new Identity(8, "eve", "admin");
    private static final HistoryQuery ALL = new HistoryQuery(USER, null, Span.EVER, Stretch.ALL, false, 1 << 30);

    static StoredEvent event(long publication, long millis, String topic, int bytes, ReceiverFilter receivers) {
        Payload payload = Payload.of(SerializerId.JSON, 1, new byte[bytes]);
        return new StoredEvent(
                millis,
                new RoutedEvent(
                        "realm1", publication, topic, new long[0], 0, EventDetails.DEFAULT, receivers, payload));
    }

    static StoredEvent event(long publication, long millis) {
        return event(publication, millis, "com.example.a", 10, null);
    }

    private static List<Long> publications(HistoryPage page) {
        return page.events().stream().map(found -> found.event().publication()).toList();
    }

    private static StoredEvent drawn(Random random, long publication, long millis) {
        ReceiverFilter admins = new ReceiverFilter(null, null, null, null, null, List.of("admin"));
        return event(
                publication,
                millis,
                "com.example.t" + random.nextInt(3),
                random.nextInt(200),
                random.nextInt(4) == 0 ? admins : null);
    }

    /** Written once more, from the words of the documentation. */
    private static List<Long> expected(List<StoredEvent> kept, HistoryQuery query, long horizon) {
        List<StoredEvent> young =
                kept.stream().filter(one -> one.stamp() >= horizon).toList();
        List<Long> order = young.stream().map(one -> one.event().publication()).toList();
        Stretch stretch = query.stretch();
        List<Long> found = new ArrayList<>();
        for (StoredEvent one : young) {
            long publication = one.event().publication();
            int place = order.indexOf(publication);
            boolean within = (stretch.from() == 0 || place >= order.indexOf(stretch.from()))
                    && (stretch.after() == 0 || place > order.indexOf(stretch.after()))
                    && (stretch.before() == 0 || place < order.indexOf(stretch.before()))
                    && (stretch.until() == 0 || place <= order.indexOf(stretch.until()));
            boolean timely = one.stamp() >= query.span().earliest()
                    && one.stamp() <= query.span().latest();
            boolean due =
                    one.event().receivers() == null || query.reader().authrole().equals("admin");
            if (within
                    && timely
                    && due
                    && (query.topic() == null
                            || query.topic().equals(one.event().topic()))) {
                found.add(publication);
            }
        }
        if (query.reverse()) {
            Collections.reverse(found);
        }
        return found.subList(0, Math.min(query.limit(), found.size()));
    }

    private static HistoryQuery drawnQuery(Random random, List<StoredEvent> kept) {
        LongPredicate often = odds -> random.nextInt(4) == 0;
        long[] ends = new long[4];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = often.test(i) && !kept.isEmpty()
                    ? kept.get(random.nextInt(kept.size())).event().publication()
                    : 0;
        }
        long earliest = random.nextBoolean() ? Long.MIN_VALUE : random.nextInt(1000);
        long latest = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1000);
        return new HistoryQuery(
                random.nextBoolean() ? USER : ADMIN,
                random.nextBoolean() ? null : "com.example.t" + random.nextInt(3),
                new Span(earliest, latest),
                new Stretch(ends[0], ends[1], ends[2], ends[3]),
                random.nextBoolean(),
                random.nextBoolean() ? 1 << 30 : 1 + random.nextInt(10));
    }

    /** The model forgets by looking at all that was ever taken in. */
    private static List<StoredEvent> model(List<StoredEvent> ever, HistoryBounds bounds) {
        List<StoredEvent> kept = new ArrayList<>();
        for (StoredEvent event : ever) {
            kept.add(event);
            while (kept.size() > bounds.events()
                    || kept.stream().mapToLong(HistoryLog::bytesOf).sum() > bounds.bytes()) {
                kept.remove(0);
            }
        }
        return kept;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsFoundIsWhatTheModelFindsAndTheBoundsHoldAfterEachChange(long seed) {
        Random random = new Random(seed);
        HistoryBounds bounds = new HistoryBounds(1 + random.nextInt(40), 2_000 + random.nextInt(20_000), 0);
        HistoryLog log = new HistoryLog(bounds);
        List<StoredEvent> ever = new ArrayList<>();
        long millis = 0;
        for (int round = 0; round < 120; round++) {
            List<StoredEvent> batch = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                millis += random.nextInt(20) - 3;
                batch.add(drawn(random, ever.size() + batch.size() + 1, millis));
            }
            log.append(batch, bounds, millis);
            log.append(batch, bounds, millis);
            ever.addAll(batch);
            List<StoredEvent> kept = model(ever, bounds);
            assertThat(log.events()).containsExactlyElementsOf(kept);
            assertThat(log.bytes())
                    .isEqualTo(kept.stream().mapToLong(HistoryLog::bytesOf).sum())
                    .isLessThanOrEqualTo(bounds.bytes());
            for (int i = 0; i < 20; i++) {
                HistoryQuery query = drawnQuery(random, kept);
                assertThat(publications(log.find(query, millis)))
                        .as(query.toString())
                        .isEqualTo(expected(kept, query, Long.MIN_VALUE));
            }
        }
    }

    @Test
    void whatIsTooOldIsNotFoundAndGoesWithTheNextEvent() {
        HistoryBounds bounds = new HistoryBounds(100, 100_000, 50);
        HistoryLog log = new HistoryLog(bounds);
        log.append(List.of(event(1, 100), event(2, 120)), bounds, 120);
        assertThat(publications(log.find(ALL, 150))).containsExactly(1L, 2L);
        assertThat(publications(log.find(ALL, 151))).containsExactly(2L);
        assertThat(publications(log.find(ALL, 171))).isEmpty();
        log.append(List.of(event(3, 160)), bounds, 160);
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void oneThatIsToldAgainIsNotTakenInAgainAlsoWhenItHasGone() {
        HistoryBounds bounds = new HistoryBounds(2, 100_000, 0);
        HistoryLog log = new HistoryLog(bounds);
        List<StoredEvent> events =
                IntStream.rangeClosed(1, 5).mapToObj(i -> event(i, i)).toList();
        log.append(events, bounds, 5);
        log.append(events, bounds, 5);
        assertThat(publications(log.find(ALL, 5))).containsExactly(4L, 5L);
    }

    @Test
    void whatItRemembersOfThoseThatHaveGoneIsBounded() {
        HistoryBounds bounds = new HistoryBounds(10, 100_000, 0);
        HistoryLog log = new HistoryLog(bounds);
        for (int i = 1; i <= 5000; i++) {
            log.append(List.of(event(i, i)), bounds, i);
        }
        assertThat(log.seen()).hasSize(1010).endsWith(5000L);
    }

    @Test
    void aSmallerBoundCountsFromTheNextEventOnAndALargerEventIsNotTakenIn() {
        HistoryBounds wide = new HistoryBounds(100, 100_000, 0);
        HistoryLog log = new HistoryLog(wide);
        log.append(IntStream.rangeClosed(1, 50).mapToObj(i -> event(i, i)).toList(), wide, 50);
        log.append(
                List.of(event(51, 51), event(52, 52, "com.example.a", 5000, null)), new HistoryBounds(3, 4000, 0), 52);
        assertThat(publications(log.find(ALL, 52))).containsExactly(49L, 50L, 51L);
    }

    @Test
    void aPublicationThatIsNotThereIsSaidToBe() {
        HistoryBounds bounds = new HistoryBounds(2, 100_000, 0);
        HistoryLog log = new HistoryLog(bounds);
        log.append(List.of(event(1, 1), event(2, 2), event(3, 3)), bounds, 3);
        for (Stretch stretch : List.of(
                new Stretch(1, 0, 0, 0), new Stretch(0, 1, 0, 0), new Stretch(0, 0, 1, 0), new Stretch(0, 0, 0, 1))) {
            HistoryPage page = log.find(new HistoryQuery(USER, null, Span.EVER, stretch, false, 10), 3);
            assertThat(page.unknown()).isEqualTo(1);
            assertThat(HistoryLog.absent(new HistoryQuery(USER, null, Span.EVER, stretch, false, 10))
                            .unknown())
                    .isEqualTo(1);
        }
        assertThat(HistoryLog.absent(ALL)).isEqualTo(HistoryPage.EMPTY);
    }

    @Test
    void moreThanOneResultHoldsIsSaidToBeUnlessItIsOneEvent() {
        HistoryBounds bounds = new HistoryBounds(100, 64 << 20, 0);
        HistoryLog log = new HistoryLog(bounds);
        int third = HistoryLog.MOST_BYTES_FOUND / 3 - 1000;
        for (int i = 1; i <= 5; i++) {
            log.append(List.of(event(i, i, "com.example.a", third, null)), bounds, i);
        }
        assertThat(log.find(ALL, 5).fitting()).isEqualTo(3);
        HistoryQuery three = new HistoryQuery(USER, null, Span.EVER, Stretch.ALL, false, 3);
        assertThat(publications(log.find(three, 5))).containsExactly(1L, 2L, 3L);
        log.append(List.of(event(6, 6, "com.example.big", 3 << 20, null)), bounds, 6);
        HistoryQuery newest = new HistoryQuery(USER, null, Span.EVER, Stretch.ALL, true, 1);
        assertThat(publications(log.find(newest, 6))).containsExactly(6L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterASplitAHistoryHasWhatBothSidesKeptEachInItsOrder(long seed) {
        Random random = new Random(seed);
        HistoryBounds bounds = new HistoryBounds(60, 1 << 20, 0);
        HistoryLog ours = new HistoryLog(bounds);
        List<StoredEvent> before = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            before.add(event(i, i));
        }
        ours.append(before, bounds, 10);
        HistoryLog theirs = new HistoryLog(bounds, ours.events(), ours.seen());
        List<Long> left = new ArrayList<>();
        List<Long> right = new ArrayList<>();
        for (int i = 11; i <= 50; i++) {
            boolean here = random.nextBoolean();
            (here ? ours : theirs).append(List.of(event(i, 10 + random.nextInt(40))), bounds, 50);
            (here ? left : right).add((long) i);
        }
        HistoryLog merged = HistoryLog.merged(ours, theirs);
        List<Long> order = publications(merged.find(ALL, 50));
        Set<Long> all = new HashSet<>(order);
        assertThat(order).hasSize(50).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(all).hasSize(50);
        assertThat(order.stream().filter(left::contains).toList()).isEqualTo(left);
        assertThat(order.stream().filter(right::contains).toList()).isEqualTo(right);
        assertThat(merged.bytes())
                .isEqualTo(
                        merged.events().stream().mapToLong(HistoryLog::bytesOf).sum());
        merged.append(before, bounds, 50);
        assertThat(merged.events()).hasSize(50);
        HistoryBounds few = new HistoryBounds(5, 1 << 20, 0);
        ours.append(List.of(), few, 50);
        assertThat(HistoryLog.merged(ours, theirs).events()).hasSize(5);
    }
}
