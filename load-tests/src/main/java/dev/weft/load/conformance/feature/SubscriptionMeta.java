package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.list;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;

/** What clients may learn of subscriptions. */
final class SubscriptionMeta extends TableMeta {
    SubscriptionMeta() {
        super("subscription", "subscribers");
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "subscription_meta_api");
    }

    @Override
    long take(Client client, String uri) throws Unmet {
        return client.subscribe(uri);
    }

    @Override
    void giveBack(Client client, long id) throws Unmet {
        client.unsubscribe(id);
    }

    @Override
    List<String> topics() {
        return List.of("on_create", "on_subscribe", "on_unsubscribe", "on_delete");
    }

    @Override
    void matches(long id, Object answer) throws Unmet {
        that(list(answer).contains(id), "the subscription matched", answer);
    }
}
