package dev.weft.uri;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.wamp.MatchPolicy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternIndexTest {
    private final PatternIndex<String> index = new PatternIndex<>();
    private final Matches<String> matches = new Matches<>();

    private void add(MatchPolicy match, String uri) {
        index.computeIfAbsent(match, uri, () -> match.text() + " " + uri);
    }

    private List<String> all(String uri) {
        index.matchAll(uri, matches);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            found.add(matches.get(i));
        }
        return found;
    }

    /** The examples of "Prefix Matching", for subscriptions and for registrations. */
    @ParameterizedTest
    @CsvSource({
        "com.myapp.topic.emergency, com.myapp.topic.emergency.11, true",
        "com.myapp.topic.emergency, com.myapp.topic.emergency-low, true",
        "com.myapp.topic.emergency, com.myapp.topic.emergency.category.severe, true",
        "com.myapp.topic.emergency, com.myapp.topic.emergency, true",
        "com.myapp.topic.emergency, com.myapp.topic.emerge, false",
        "com.myapp.myobject1, com.myapp.myobject1.myprocedure1, true",
        "com.myapp.myobject1, com.myapp.myobject1-mysubobject1, true",
        "com.myapp.myobject1, com.myapp.myobject1.mysubobject1.myprocedure1, true",
        "com.myapp.myobject1, com.myapp.myobject1, true",
        "com.myapp.myobject1, com.myapp.myobject2, false",
        "com.myapp.myobject1, com.myapp.myobject, false",
    })
    void aPrefixMatchesAsTheSpecificationShows(String prefix, String uri, boolean matching) {
        add(MatchPolicy.PREFIX, prefix);
        assertThat(all(uri)).hasSize(matching ? 1 : 0);
    }

    /** The examples of "Wildcard Matching", for subscriptions and for registrations. */
    @ParameterizedTest
    @CsvSource({
        "com.myapp..userevent, com.myapp.foo.userevent, true",
        "com.myapp..userevent, com.myapp.bar.userevent, true",
        "com.myapp..userevent, com.myapp.a12.userevent, true",
        "com.myapp..userevent, com.myapp.foo.userevent.bar, false",
        "com.myapp..userevent, com.myapp.foo.user, false",
        "com.myapp..userevent, com.myapp2.foo.userevent, false",
        "com.myapp..myprocedure1, com.myapp.myobject1.myprocedure1, true",
        "com.myapp..myprocedure1, com.myapp.myobject2.myprocedure1, true",
        "com.myapp..myprocedure1, com.myapp.myobject1.myprocedure1.mysubprocedure1, false",
        "com.myapp..myprocedure1, com.myapp.myobject1.myprocedure2, false",
        "com.myapp..myprocedure1, com.myapp2.myobject1.myprocedure1, false",
    })
    void aWildcardMatchesAsTheSpecificationShows(String pattern, String uri, boolean matching) {
        add(MatchPolicy.WILDCARD, pattern);
        assertThat(all(uri)).hasSize(matching ? 1 : 0);
    }

    /**
     * The examples of "Calls matching multiple registrations". Registration 5 is changed from {@code a1.b2.c33..e5}:
     * the specification takes its prefixes for whole components there, but defines and shows them elsewhere as plain
     * string prefixes, and {@code a1.b2.c3} is one of {@code a1.b2.c33.d4.e5}.
     */
    @ParameterizedTest
    @CsvSource({
        "a1.b2.c3.d4.e55, exact a1.b2.c3.d4.e55",
        "a1.b2.c3.d98.e74, prefix a1.b2.c3",
        "a1.b2.c3.d4.e325, prefix a1.b2.c3.d4",
        "a1.b2.c55.d4.e5, wildcard a1.b2..d4.e5",
        "a1.b2.x33.d4.e5, wildcard a1.b2.x33..e5",
        "a1.b2.c88.d4.e5.f6.g7, wildcard a1.b2..d4.e5..g7",
        "a1.b2.c33.d4.e5, prefix a1.b2.c3",
        "a2.b2.c2.d2.e2,",
    })
    void theBestMatchIsTheSpecifications(String uri, String best) {
        add(MatchPolicy.EXACT, "a1.b2.c3.d4.e55");
        add(MatchPolicy.PREFIX, "a1.b2.c3");
        add(MatchPolicy.PREFIX, "a1.b2.c3.d4");
        add(MatchPolicy.WILDCARD, "a1.b2..d4.e5");
        add(MatchPolicy.WILDCARD, "a1.b2.x33..e5");
        add(MatchPolicy.WILDCARD, "a1.b2..d4.e5..g7");
        add(MatchPolicy.WILDCARD, "a1.b2..d4..f6.g7");
        assertThat(index.matchBest(uri, matches)).isEqualTo(best);
    }

    @Test
    void theEmptyPrefixMatchesEverythingAndBeatsAnyWildcard() {
        add(MatchPolicy.PREFIX, "");
        add(MatchPolicy.WILDCARD, "a.");
        assertThat(all("a.b")).containsExactly("prefix ", "wildcard a.");
        assertThat(index.matchBest("a.b", matches)).isEqualTo("prefix ");
    }

    @Test
    void aPatternWithOnlyWildcardsMatchesByTheNumberOfComponents() {
        add(MatchPolicy.WILDCARD, "");
        add(MatchPolicy.WILDCARD, "..");
        assertThat(all("a")).containsExactly("wildcard ");
        assertThat(all("a.b")).isEmpty();
        assertThat(all("a.b.c")).containsExactly("wildcard ..");
    }

    @Test
    void theSameUriIsAnotherEntryUnderEachPolicy() {
        for (MatchPolicy policy : MatchPolicy.values()) {
            add(policy, "a.b");
        }
        assertThat(all("a.b")).containsExactly("exact a.b", "prefix a.b", "wildcard a.b");
        assertThat(index.remove(MatchPolicy.PREFIX, "a.b")).isEqualTo("prefix a.b");
        assertThat(all("a.b")).containsExactly("exact a.b", "wildcard a.b");
        assertThat(index.get(MatchPolicy.PREFIX, "a.b")).isNull();
        assertThat(index.get(MatchPolicy.WILDCARD, "a.b")).isEqualTo("wildcard a.b");
    }

    @Test
    void whatIsPresentIsNotMadeAgain() {
        add(MatchPolicy.WILDCARD, "a.");
        assertThat(index.computeIfAbsent(MatchPolicy.WILDCARD, "a.", () -> "another"))
                .isEqualTo("wildcard a.");
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aLookUpByPatternDoesNotMatch() {
        add(MatchPolicy.WILDCARD, "a.");
        add(MatchPolicy.PREFIX, "a");
        assertThat(index.get(MatchPolicy.WILDCARD, "a.b")).isNull();
        assertThat(index.get(MatchPolicy.PREFIX, "ab")).isNull();
        assertThat(index.get(MatchPolicy.EXACT, "a")).isNull();
    }

    @Test
    void matchesLetGoOfWhatTheyFound() {
        add(MatchPolicy.PREFIX, "");
        assertThat(all("a")).hasSize(1);
        index.remove(MatchPolicy.PREFIX, "");
        assertThat(all("a")).isEmpty();
    }

    /** Every way to be wild over ten components: no match explores them all for other numbers of components. */
    @Test
    void everyShapeAtOnceStillMatchesEachOfItsPatterns() {
        for (int wild = 0; wild < 1024; wild++) {
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                pattern.append(i == 0 ? "" : ".").append((wild >> i & 1) == 1 ? "" : "c" + i);
            }
            add(MatchPolicy.WILDCARD, pattern.toString());
        }
        assertThat(all("c0.c1.c2.c3.c4.c5.c6.c7.c8.c9")).hasSize(1024);
        assertThat(index.matchBest("x.c1.c2.c3.c4.c5.c6.c7.c8.c9", matches))
                .isEqualTo("wildcard .c1.c2.c3.c4.c5.c6.c7.c8.c9");
        assertThat(all("c0.c1.c2.c3.c4.c5.c6.c7.c8")).isEmpty();
    }

    /** With {@link String#hashCode()} these 65,536 would all fall into one bucket, and 2^31 comparisons would follow. */
    @Test
    void urisWithOneHashCodeAreFoundLikeAnyOthers() {
        for (int i = 0; i < 65_536; i++) {
            StringBuilder uri = new StringBuilder("x.");
            for (int bit = 0; bit < 16; bit++) {
                uri.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            add(MatchPolicy.EXACT, uri.toString());
            add(MatchPolicy.PREFIX, uri.toString());
        }
        assertThat(index.size()).isEqualTo(131_072);
        assertThat(all("x.AaAaAaAaAaAaAaAaAaAaAaAaAaAaAaBB")).hasSize(2);
        assertThat(all("x.AaAaAaAaAaAaAaAaAaAaAaAaAaAaAaCC")).isEmpty();
    }

    @Test
    void matchingAllocatesNothing() {
        for (int i = 0; i < 1_000; i++) {
            add(MatchPolicy.EXACT, "com.app.topic" + i);
            add(MatchPolicy.PREFIX, "com.app.topic" + i % 100);
            add(MatchPolicy.WILDCARD, "com..topic" + i);
        }
        String[] uris = new Random(7)
                .ints(256, 0, 1_000)
                .mapToObj(i -> "com.app.topic" + i)
                .toArray(String[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        matchEach(uris, 100);
        long before = threads.getCurrentThreadAllocatedBytes();
        long found = matchEach(uris, 100);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isGreaterThan(25_600 * 3);
        // Asking for the count allocates a little itself; a single byte per match would be 25,600.
        assertThat(allocated).isLessThan(1_000);
    }

    private long matchEach(String[] uris, int times) {
        long found = 0;
        for (int i = 0; i < times; i++) {
            for (String uri : uris) {
                index.matchAll(uri, matches);
                found += matches.size();
                if (index.matchBest(uri, matches) != null) {
                    found++;
                }
            }
        }
        return found;
    }

    /** What stays is found by every match, whatever comes and goes around it and however often tables are laid anew. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void readersSeeWhatStaysAndOnlyWhatIsOrWas(long seed) throws Exception {
        for (int i = 0; i < 50; i++) {
            add(MatchPolicy.EXACT, "stay.x" + i + ".end");
            add(MatchPolicy.PREFIX, "stay.x" + i + ".");
            add(MatchPolicy.WILDCARD, "stay.x" + i + ".");
        }
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Long>> reads = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                reads.add(readers.submit(() -> readUntil(stop)));
            }
            Random random = new Random(seed);
            for (int step = 0; step < 300_000; step++) {
                MatchPolicy policy = MatchPolicy.values()[random.nextInt(3)];
                String uri = "stay.x" + random.nextInt(50) + (policy == MatchPolicy.WILDCARD ? ".end" : ".e")
                        + (random.nextBoolean() ? "" : "." + random.nextInt(500));
                if (random.nextBoolean()) {
                    add(policy, uri);
                } else {
                    index.remove(policy, uri);
                }
            }
            stop.set(true);
            for (Future<Long> read : reads) {
                assertThat(read.get(30, TimeUnit.SECONDS)).as("seed %d", seed).isPositive();
            }
        } finally {
            stop.set(true);
            readers.shutdownNow();
        }
    }

    private long readUntil(AtomicBoolean stop) {
        Matches<String> found = new Matches<>();
        long reads = 0;
        do {
            int i = (int) (reads % 50);
            String uri = "stay.x" + i + ".end";
            index.matchAll(uri, found);
            assertThat(found.size()).isBetween(3, 6);
            assertThat(found.get(0)).isEqualTo("exact " + uri);
            boolean prefix = false;
            boolean wildcard = false;
            for (int at = 0; at < found.size(); at++) {
                String entry = found.get(at);
                prefix |= entry.equals("prefix stay.x" + i + ".");
                wildcard |= entry.equals("wildcard stay.x" + i + ".");
                assertThat(entry).contains(" stay.x" + i + ".");
            }
            assertThat(prefix && wildcard).isTrue();
            reads++;
        } while (!stop.get());
        return reads;
    }
}
