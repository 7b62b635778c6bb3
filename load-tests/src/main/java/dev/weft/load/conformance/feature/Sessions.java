package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.dict;
import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Basic profile: opening and closing. */
final class Sessions implements Feature {
    private static final long HIGHEST_ID = 1L << 53;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("WELCOME has an id and the router's roles", Sessions::welcome),
                new Check("HELLO for a realm that is not there is answered with ABORT", Sessions::unknownRealm),
                new Check("GOODBYE is answered with goodbye_and_out", Sessions::goodbye),
                new Check("a second HELLO ends the session", Sessions::secondHello),
                new Check("a message before HELLO ends the connection", Sessions::tooEarly));
    }

    private static void welcome(Stage stage) throws Unmet {
        Client client = stage.asking();
        that(client.session() >= 1 && client.session() <= HIGHEST_ID, "an id within [1, 2^53]", client.session());
        Map<String, Object> roles = dict(client.details().get("roles"));
        that(roles.containsKey("broker") && roles.containsKey("dealer"), "broker and dealer", roles.keySet());
    }

    private static void unknownRealm(Stage stage) throws Unmet {
        Message answer = stage.silent().hello(stage.uri("nowhere"));
        that(answer.is(Code.ABORT), "ABORT", answer);
        same("wamp.error.no_such_realm", answer.text(2), "reason");
    }

    private static void goodbye(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.send(Code.GOODBYE, Map.of(), "wamp.close.close_realm");
        same("wamp.close.goodbye_and_out", client.take(Code.GOODBYE).text(2), "reason");
    }

    private static void secondHello(Stage stage) throws Unmet {
        Client client = stage.asking();
        client.send(Code.HELLO, stage.realm(), Map.of("roles", Map.of("caller", Map.of())));
        that(client.isEnded(), "the session ended", "that it goes on");
    }

    private static void tooEarly(Stage stage) throws Unmet {
        Client client = stage.silent();
        client.send(Code.SUBSCRIBE, client.nextRequest(), Map.of(), stage.uri("topic"));
        that(client.isEnded(), "the connection ended", "that it goes on");
    }
}
