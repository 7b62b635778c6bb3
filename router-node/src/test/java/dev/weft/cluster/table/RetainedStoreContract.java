package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of retained events does, asked on two nodes. */
interface RetainedStoreContract {
    Identity USER = new Identity(7, "joe", "user");
    Identity ADMIN = new Identity(8, "eve", "admin");

    RetainedStore here();

    RetainedStore there();

    /** One that no other test uses. */
    String realm();

    private static TableKey exact(String realm, String topic) {
        return new TableKey(realm, MatchPolicy.EXACT, topic);
    }

    private static RoutedEvent event(
            TableKey topic, long publication, @Nullable ReceiverFilter receivers, String text) {
        Payload payload = text.isEmpty()
                ? Payload.EMPTY
                : Payload.of(SerializerId.JSON, 1, ("[\"" + text + "\"]").getBytes(StandardCharsets.UTF_8));
        return new RoutedEvent(
                topic.realm(),
                publication,
                topic.uri(),
                new long[] {1},
                7,
                new EventDetails(ADMIN, null, true, 3, new Ppt("x_a", "cbor", null, null)),
                receivers,
                payload);
    }

    private static void retain(RetainedStore store, TableKey topic, RoutedEvent event, long millis) {
        store.retain(topic, event, millis).toCompletableFuture().join();
    }

    private static @Nullable StoredEvent newest(RetainedStore store, TableKey pattern, Identity receiver) {
        return store.newest(pattern, receiver).toCompletableFuture().join();
    }

    private static long publicationOf(RetainedStore store, TableKey pattern, Identity receiver) {
        StoredEvent found = newest(store, pattern, receiver);
        return found == null ? 0 : found.event().publication();
    }

    @Test
    default void whatOneNodeRetainedTheOtherFindsAsItWas() {
        TableKey topic = exact(realm(), "com.example.a");
        RoutedEvent event = event(topic, 1, new ReceiverFilter(List.of(9L), null, null, null, null, null), "ä");
        retain(here(), topic, event, 100);
        for (RetainedStore store : List.of(here(), there())) {
            StoredEvent found = newest(store, topic, ADMIN);
            assertThat(found).isNotNull();
            assertThat(found.stamp()).isEqualTo(100);
            assertThat(found.event().details()).isEqualTo(event.details());
            assertThat(found.event().receivers()).isEqualTo(event.receivers());
            assertThat(found.event().payload().bytes())
                    .isEqualTo(event.payload().bytes());
            assertThat(newest(store, topic, USER)).as("its publisher").isNull();
        }
    }

    @Test
    default void theOneThatCameLastIsNewestWhateverTheClocksSay() {
        TableKey topic = exact(realm(), "com.example.a");
        retain(here(), topic, event(topic, 1, null, "a"), 2000);
        retain(there(), topic, event(topic, 2, null, "b"), 1000);
        retain(here(), topic, event(topic, 1, null, "told again"), 3000);
        assertThat(publicationOf(here(), topic, ADMIN)).isEqualTo(2);
        assertThat(publicationOf(there(), topic, ADMIN)).isEqualTo(2);
    }

    @Test
    default void whatIsForSomeStandsBesideWhatIsForAll() {
        TableKey topic = exact(realm(), "com.example.a");
        ReceiverFilter users = new ReceiverFilter(null, null, null, null, null, List.of("user"));
        retain(here(), topic, event(topic, 1, null, "all"), 1);
        for (int i = 2; i < 30; i++) {
            retain(there(), topic, event(topic, i, users, "some"), i);
        }
        assertThat(publicationOf(here(), topic, ADMIN)).isEqualTo(1);
        assertThat(publicationOf(here(), topic, new Identity(9, "x", "user"))).isEqualTo(29);
        retain(here(), topic, event(topic, 30, null, "all"), 30);
        assertThat(publicationOf(there(), topic, new Identity(9, "x", "user"))).isEqualTo(30);
    }

    @Test
    default void ofAPatternTheNewestOfAllTopicsIsFound() {
        String realm = realm();
        for (int i = 1; i <= 20; i++) {
            TableKey topic = exact(realm, "com.example.t" + i % 7);
            retain(i % 2 == 0 ? here() : there(), topic, event(topic, i, null, "x"), i);
        }
        TableKey other = exact(realm, "com.other");
        retain(here(), other, event(other, 50, null, "x"), 50);
        for (RetainedStore store : List.of(here(), there())) {
            assertThat(publicationOf(store, new TableKey(realm, MatchPolicy.PREFIX, "com.ex"), ADMIN))
                    .isEqualTo(20);
            assertThat(publicationOf(store, new TableKey(realm, MatchPolicy.WILDCARD, "com..t3"), ADMIN))
                    .isEqualTo(17);
            assertThat(publicationOf(store, new TableKey(realm, MatchPolicy.PREFIX, "org"), ADMIN))
                    .isZero();
        }
    }

    @Test
    default void whoeverWatchesHearsHowMuchIsRetained() {
        String realm = realm();
        TableKey topic = exact(realm, "com.example.a");
        retain(here(), topic, event(topic, 1, null, "x".repeat(1000)), 1);
        Map<TableKey, Integer> sizes = new ConcurrentHashMap<>();
        there().watch((key, bytes) -> {
            if (key.realm().equals(realm)) {
                sizes.put(key, bytes);
            }
        });
        await().until(() -> sizes.getOrDefault(topic, 0) > 1000);
        retain(here(), topic, event(topic, 2, null, ""), 2);
        await().until(() -> sizes.getOrDefault(topic, -1) == 0);
        assertThat(newest(here(), topic, ADMIN)).isNull();
    }
}
