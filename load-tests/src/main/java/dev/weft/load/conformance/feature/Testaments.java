package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Events that are published when a session ends. */
final class Testaments implements Feature {
    @Override
    public String name() {
        return "testaments";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "testament_meta_api");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("published when the session leaves", stage -> left(stage, true)),
                new Check("published when the connection breaks", stage -> left(stage, false)),
                new Check("flushed ones are not", Testaments::flushed));
    }

    private static void add(Client client, String topic, Object arg, String scope) throws Unmet {
        long request = client.nextRequest();
        List<Object> testament = List.of(topic, List.of(arg), Map.of());
        client.send(Code.CALL, request, Map.of(), "wamp.session.add_testament", testament, Map.of("scope", scope));
        client.take(Code.RESULT);
    }

    private static void left(Stage stage, boolean goodbye) throws Unmet {
        Client heir = stage.asked();
        Client mortal = stage.asking();
        long subscription = heir.subscribe(stage.uri("topic"));
        add(mortal, stage.uri("topic"), "last words", "destroyed");
        if (goodbye) {
            mortal.leave();
        } else {
            mortal.close();
        }
        same("last words", only(heir.event(subscription).args()), "testament");
    }

    private static void flushed(Stage stage) throws Unmet {
        Client heir = stage.asked();
        Client mortal = stage.asking();
        long subscription = heir.subscribe(stage.uri("topic"));
        add(mortal, stage.uri("topic"), "flushed", "destroyed");
        long request = mortal.nextRequest();
        Map<String, Object> scope = Map.of("scope", "destroyed");
        mortal.send(Code.CALL, request, Map.of(), "wamp.session.flush_testaments", List.of(), scope);
        mortal.take(Code.RESULT);
        add(mortal, stage.uri("topic"), "kept", "destroyed");
        mortal.leave();
        same("kept", only(heir.event(subscription).args()), "testament");
    }
}
