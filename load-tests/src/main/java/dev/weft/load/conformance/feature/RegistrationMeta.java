package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** What clients may learn of registrations. */
final class RegistrationMeta extends TableMeta {
    RegistrationMeta() {
        super("registration", "callees");
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "registration_meta_api");
    }

    @Override
    long take(Client client, String uri) throws Unmet {
        return client.register(uri, Map.of("invoke", "roundrobin"));
    }

    @Override
    void giveBack(Client client, long id) throws Unmet {
        client.unregister(id);
    }

    @Override
    List<String> topics() {
        return List.of("on_create", "on_register", "on_unregister", "on_delete");
    }

    @Override
    void matches(long id, Object answer) throws Unmet {
        same(id, answer, "match");
    }
}
