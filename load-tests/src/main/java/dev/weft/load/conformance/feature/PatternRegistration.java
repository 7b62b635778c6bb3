package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Prefix and wildcard registrations. */
final class PatternRegistration implements Feature {
    @Override
    public String name() {
        return "pattern-based registration";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "pattern_based_registration");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("a prefix takes what begins with it", PatternRegistration::prefix),
                new Check("a wildcard takes one component", PatternRegistration::wildcard),
                new Check("exact before longest prefix before wildcard", PatternRegistration::precedence));
    }

    private static void prefix(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("a"), Map.of("match", "prefix"));
        caller.call(stage.uri("a.b"), Map.of());
        Message invocation = callee.take(Code.INVOCATION);
        same(stage.uri("a.b"), invocation.dict(3).get("procedure"), "Details.procedure");
        callee.yield(invocation, Map.of());
        caller.take(Code.RESULT);
    }

    private static void wildcard(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("a..c"), Map.of("match", "wildcard"));
        caller.call(stage.uri("a.b.d"), Map.of());
        caller.takeError(Code.CALL, "wamp.error.no_such_procedure");
        caller.call(stage.uri("a.b.c"), Map.of());
        same(stage.uri("a.b.c"), callee.take(Code.INVOCATION).dict(3).get("procedure"), "Details.procedure");
    }

    private static void precedence(Stage stage) throws Unmet {
        Client callee = stage.asked();
        Client caller = stage.asking();
        long wildcard = callee.register(stage.uri("a..c"), Map.of("match", "wildcard"));
        long shorter = callee.register(stage.uri("a"), Map.of("match", "prefix"));
        long longer = callee.register(stage.uri("a.b"), Map.of("match", "prefix"));
        long exact = callee.register(stage.uri("a.b.c"));
        caller.call(stage.uri("a.b.c"), Map.of());
        same(exact, callee.take(Code.INVOCATION).number(2), "registration (exact)");
        caller.call(stage.uri("a.b.d"), Map.of());
        same(longer, callee.take(Code.INVOCATION).number(2), "registration (longest prefix)");
        caller.call(stage.uri("a.x.c"), Map.of());
        same(shorter, callee.take(Code.INVOCATION).number(2), "registration (prefix before wildcard)");
        callee.unregister(shorter);
        caller.call(stage.uri("a.x.c"), Map.of());
        same(wildcard, callee.take(Code.INVOCATION).number(2), "registration (wildcard)");
    }
}
