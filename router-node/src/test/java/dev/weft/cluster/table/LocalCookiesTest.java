package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.directory.CookieLogin;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cookies of a node alone. */
class LocalCookiesTest {
    private static final int MANY = 100_000;
    private static final long IDLE = 1000;

    private long now = 1_000_000;
    private final LocalCookies few = cookies(2, 4);

    private LocalCookies cookies(int ofPrincipal, int all) {
        return new LocalCookies(new CookieLimits(ofPrincipal, all), () -> Instant.ofEpochMilli(now));
    }

    private CookieLogin login(String authid, long age) {
        return new CookieLogin("realm1", authid, "user", "static", "proof", IDLE, now + IDLE, now + age);
    }

    private static boolean bound(LocalCookies cookies, String cookie, CookieLogin login) {
        return cookies.bind(cookie, login).toCompletableFuture().join();
    }

    private List<String> known(String... names) {
        return List.of(names).stream()
                .filter(name -> few.find(name).toCompletableFuture().join().isPresent())
                .toList();
    }

    /** With each login looking through all of them it takes minutes. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aLoginCostsTheSameHoweverManyCookiesThereAre() {
        LocalCookies cookies = cookies(5, MANY);
        IntStream.range(0, MANY)
                .forEach(i -> assertThat(bound(cookies, "c" + i, login("user" + i % 30_000, 10_000)))
                        .isTrue());
        assertThat(bound(cookies, "one more", login("eve", 10_000))).isFalse();
        now += IDLE;
        assertThat(bound(cookies, "one more", login("eve", 10_000))).isTrue();
    }

    @Test
    void ofOnePrincipalTheOldestGoesWhicheverWasUsedLast() {
        for (String name : List.of("a", "b")) {
            bound(few, name, login("alice", 10_000));
        }
        bound(few, "other", login("bob", 10_000));
        few.used("a", login("alice", 10_000));
        bound(few, "c", login("alice", 10_000));
        assertThat(known("a", "b", "c", "other")).containsExactly("b", "c", "other");
    }

    @Test
    void whatIsOverMakesRoomAndWhatWasUsedIsNotOver() {
        for (int i = 0; i < 4; i++) {
            assertThat(bound(few, "c" + i, login("user" + i, 10_000))).isTrue();
        }
        now += IDLE - 1;
        assertThat(bound(few, "late", login("late", 10_000))).isFalse();
        few.used("c1", login("user1", 10_000));
        few.end("c2");
        now++;
        assertThat(bound(few, "late", login("late", 10_000))).isTrue();
        assertThat(known("c0", "c1", "c2", "c3", "late")).containsExactly("c1", "late");
    }

    @Test
    void whoLogsInAsAnotherWithACookieTakesItAlongAndAnEndedOneStaysEnded() {
        bound(few, "a", login("alice", 10_000));
        bound(few, "a", login("bob", 10_000));
        bound(few, "b", login("bob", 10_000));
        bound(few, "c", login("bob", 10_000));
        assertThat(known("a", "b", "c")).containsExactly("b", "c");
        few.end("b");
        assertThat(bound(few, "b", login("bob", 10_000))).isFalse();
        few.forget("c");
        assertThat(known("b", "c")).isEmpty();
    }
}
