package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.directory.HistoryQuery;
import dev.weft.directory.HistoryQuery.Span;
import dev.weft.directory.HistoryQuery.Stretch;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every store of histories does, asked on two nodes. */
interface HistoryStoreContract {
    HistoryBounds BOUNDS = new HistoryBounds(200, 1 << 20, 0);
    HistoryQuery ALL = new HistoryQuery(HistoryLogTest.USER, null, Span.EVER, Stretch.ALL, false, 1 << 30);

    HistoryStore here();

    HistoryStore there();

    /** One that no other test uses. */
    String realm();

    static HistoryPage find(HistoryStore store, TableKey history, HistoryQuery query) {
        return store.find(history, query, 0).toCompletableFuture().join();
    }

    static List<Long> publications(HistoryStore store, TableKey history) {
        return find(store, history, ALL).events().stream()
                .map(found -> found.event().publication())
                .toList();
    }

    static void append(HistoryStore store, TableKey history, HistoryBounds bounds, StoredEvent... events) {
        store.append(history, List.of(events), bounds, 0).toCompletableFuture().join();
    }

    @Test
    default void whatOneNodeKeptTheOtherFindsAsItWas() {
        TableKey history = new TableKey(realm(), MatchPolicy.PREFIX, "com.example");
        RoutedEvent event = new RoutedEvent(
                history.realm(),
                1,
                "com.example.a",
                new long[0],
                0,
                new EventDetails(new Identity(8, "eve", "admin"), null, false, 3, new Ppt("x_a", "cbor", null, null)),
                new ReceiverFilter(null, null, List.of("admin"), null, null, null),
                Payload.of(SerializerId.JSON, 1, "[\"ä\"]".getBytes(StandardCharsets.UTF_8)));
        append(here(), history, BOUNDS, new StoredEvent(100, event));
        for (HistoryStore store : List.of(here(), there())) {
            StoredEvent found = find(store, history, ALL).events().get(0);
            assertThat(found.stamp()).isEqualTo(100);
            assertThat(found.event().topic()).isEqualTo("com.example.a");
            assertThat(found.event().details()).isEqualTo(event.details());
            assertThat(found.event().receivers()).isEqualTo(event.receivers());
            assertThat(found.event().payload().bytes())
                    .isEqualTo(event.payload().bytes());
        }
    }

    @Test
    default void whatBothNodesKeepHasOneOrderForBothAndEachNodesOwnWithinIt() {
        TableKey history = new TableKey(realm(), MatchPolicy.EXACT, "com.example.a");
        List<CompletableFuture<?>> over = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            over.add(here().append(history, List.of(HistoryLogTest.event(i, i)), BOUNDS, i)
                    .toCompletableFuture());
            over.add(there().append(history, List.of(HistoryLogTest.event(1000 + i, i)), BOUNDS, i)
                    .toCompletableFuture());
        }
        over.forEach(CompletableFuture::join);
        List<Long> order = publications(here(), history);
        assertThat(order).hasSize(120).doesNotHaveDuplicates().isEqualTo(publications(there(), history));
        append(there(), history, BOUNDS, HistoryLogTest.event(5, 5));
        assertThat(publications(here(), history)).isEqualTo(order);
    }

    @Test
    default void theQueryCrossesWhole() {
        TableKey history = new TableKey(realm(), MatchPolicy.PREFIX, "com.example");
        for (int i = 1; i <= 10; i++) {
            append(here(), history, BOUNDS, HistoryLogTest.event(i, i * 10, "com.example.t" + i % 2, 10, null));
        }
        HistoryQuery query = new HistoryQuery(
                HistoryLogTest.USER, "com.example.t0", new Span(20, 90), new Stretch(2, 1, 10, 9), true, 3);
        for (HistoryStore store : List.of(here(), there())) {
            assertThat(find(store, history, query).events().stream()
                            .map(one -> one.event().publication()))
                    .containsExactly(8L, 6L, 4L);
            HistoryQuery lost =
                    new HistoryQuery(HistoryLogTest.USER, null, Span.EVER, new Stretch(0, 0, 77, 0), false, 3);
            assertThat(find(store, history, lost).unknown()).isEqualTo(77);
        }
    }

    @Test
    default void theBoundsHoldWhoeverWrites() {
        TableKey history = new TableKey(realm(), MatchPolicy.EXACT, "com.example.a");
        HistoryBounds few = new HistoryBounds(3, 1 << 20, 0);
        for (int i = 1; i <= 10; i++) {
            append(i % 2 == 0 ? here() : there(), history, few, HistoryLogTest.event(i, i));
        }
        assertThat(publications(here(), history)).containsExactly(8L, 9L, 10L);
        assertThat(publications(there(), history)).containsExactly(8L, 9L, 10L);
    }
}
