package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.same;
import static dev.weft.load.conformance.feature.Expect.that;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Callees that learn who calls. */
final class CallerIdentification implements Feature {
    @Override
    public String name() {
        return "caller identification";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "caller_identification");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("disclose_me tells the caller's session", CallerIdentification::disclosed),
                new Check("without it nothing is told", CallerIdentification::undisclosed));
    }

    private static void disclosed(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("who"));
        caller.call(stage.uri("who"), Map.of("disclose_me", true));
        Map<String, Object> details = callee.take(Code.INVOCATION).dict(3);
        same(caller.session(), details.get("caller"), "Details.caller");
        same(
                caller.details().get("authid"),
                details.getOrDefault("caller_authid", caller.details().get("authid")),
                "authid");
    }

    private static void undisclosed(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("who"));
        caller.call(stage.uri("who"), Map.of());
        Map<String, Object> details = callee.take(Code.INVOCATION).dict(3);
        that(!details.containsKey("caller"), "no Details.caller", details);
    }
}
