package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.directory.CookieLogin;
import dev.weft.link.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Browsers that log in and out on both sides of a split: two real members that lose each other's bytes for a while. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class CookiesInASplitTest {
    private static final int OF_PRINCIPAL = 4;
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.now());

    private final List<AutoCloseable> open = new ArrayList<>();

    /** What one side knows. */
    private final class Side {
        private final HazelcastMembership member;
        private final HazelcastCookies cookies;
        private final Set<String> ended = ConcurrentHashMap.newKeySet();

        private Side(SplitMembers members, String name) throws Exception {
            member = members.join(new NodeId(name, 1));
            cookies = new HazelcastCookies(member, TestMembers.KEYS, new CookieLimits(OF_PRINCIPAL, 1000), CLOCK);
            open.add(cookies);
            cookies.watch(ended::add);
        }

        private boolean bind(String cookie, String authid) throws Exception {
            long now = CLOCK.millis();
            CookieLogin login =
                    new CookieLogin("realm1", authid, "user", "static", "proof", DAY, now + DAY, now + 2 * DAY);
            return get(cookies.bind(cookie, login));
        }

        private boolean knows(String cookie) throws Exception {
            return get(cookies.find(cookie)).isPresent();
        }

        private long expires(String cookie) {
            return member.hazelcast()
                    .getMap(HazelcastCookies.COOKIES)
                    .getEntryView(cookie)
                    .getExpirationTime();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatOneSideHasRevokedIsNotValidAgainAndWhatEitherHasIssuedIs() throws Exception {
        SplitMembers members = new SplitMembers();
        open.add(members);
        Side a = new Side(members, "a");
        Side b = new Side(members, "b");
        members.awaitSize(2);
        List<String> before = List.of("stays", "ended-on-a", "ended-on-b", "forgotten-on-a", "forgotten-on-b");
        for (String cookie : before) {
            assertThat(a.bind(cookie, "of " + cookie)).isTrue();
            assertThat(b.knows(cookie)).isTrue();
        }
        assertThat(a.bind("busy-1", "busy")).isTrue();

        members.split();
        members.awaitSize(1);
        goTheirOwnWays(a, "a", "busy-2");
        goTheirOwnWays(b, "b", "busy-3");

        members.heal();
        members.awaitSize(2);
        for (Side side : List.of(a, b)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(side.ended).contains("ended-on-a", "ended-on-b"));
            assertThat(side.ended).hasSize(2);
            for (String cookie : List.of("ended-on-a", "ended-on-b", "forgotten-on-a", "forgotten-on-b")) {
                assertThat(side.knows(cookie)).as(cookie).isFalse();
                assertThat(side.bind(cookie, "somebody")).as(cookie).isFalse();
                assertThat(side.expires(cookie)).isBetween(CLOCK.millis() + DAY, CLOCK.millis() + 3 * DAY);
            }
            for (String cookie : List.of("stays", "issued-on-a", "issued-on-b", "busy-1", "busy-2", "busy-3")) {
                assertThat(side.knows(cookie)).as(cookie).isTrue();
                assertThat(side.expires(cookie)).isBetween(CLOCK.millis(), CLOCK.millis() + 2 * DAY);
            }
        }
        ofBothSidesAPrincipalHasNoMoreThanItMay(a, b);
    }

    private static void goTheirOwnWays(Side side, String name, String busy) throws Exception {
        get(side.cookies.end("ended-on-" + name));
        side.cookies.forget("forgotten-on-" + name);
        assertThat(side.bind("issued-on-" + name, "of " + name)).isTrue();
        assertThat(side.bind(busy, "busy")).isTrue();
        assertThat(side.knows("forgotten-on-" + name)).isFalse();
        assertThat(side.knows("stays")).isTrue();
    }

    private static void ofBothSidesAPrincipalHasNoMoreThanItMay(Side a, Side b) throws Exception {
        assertThat(a.bind("busy-4", "busy")).isTrue();
        assertThat(b.knows("busy-1")).isTrue();
        assertThat(a.bind("busy-5", "busy")).isTrue();
        assertThat(a.bind("busy-6", "busy")).isTrue();
        int known = 0;
        for (int i = 1; i <= 6; i++) {
            known += b.knows("busy-" + i) ? 1 : 0;
        }
        assertThat(known).isEqualTo(OF_PRINCIPAL);
        assertThat(b.knows("busy-6")).isTrue();
    }
}
