package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several callees of one procedure. */
final class SharedRegistration implements Feature {
    private static final int LOOK_MILLIS = 5;

    @Override
    public String name() {
        return "shared registration";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("dealer", "shared_registration");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("roundrobin takes each in turn", SharedRegistration::roundRobin),
                new Check("first takes the oldest", stage -> always(stage, "first", 0)),
                new Check("last takes the newest", stage -> always(stage, "last", 1)),
                new Check("random takes any", SharedRegistration::random),
                new Check("another policy is refused", SharedRegistration::conflict),
                new Check("when one leaves the others go on", SharedRegistration::failsOver));
    }

    private static List<Client> callees(Stage stage, String policy) throws Unmet {
        List<Client> callees = List.of(stage.asked(), stage.third());
        long first = callees.get(0).register(stage.uri("shared"), Map.of("invoke", policy));
        long second = callees.get(1).register(stage.uri("shared"), Map.of("invoke", policy));
        same(first, second, "registration");
        return callees;
    }

    private static void answer(Client callee) throws Unmet {
        callee.yield(callee.take(Code.INVOCATION), Map.of());
    }

    private static void roundRobin(Stage stage) throws Unmet {
        List<Client> callees = callees(stage, "roundrobin");
        Client caller = stage.asking();
        for (int i = 0; i < 4; i++) {
            caller.call(stage.uri("shared"), Map.of());
        }
        for (int i = 0; i < 2; i++) {
            answer(callees.get(0));
            answer(callees.get(1));
        }
        for (int i = 0; i < 4; i++) {
            caller.take(Code.RESULT);
        }
    }

    private static void always(Stage stage, String policy, int chosen) throws Unmet {
        List<Client> callees = callees(stage, policy);
        Client caller = stage.asking();
        for (int i = 0; i < 3; i++) {
            caller.call(stage.uri("shared"), Map.of());
            answer(callees.get(chosen));
            caller.take(Code.RESULT);
        }
    }

    private static void random(Stage stage) throws Unmet {
        List<Client> callees = callees(stage, "random");
        Client caller = stage.asking();
        for (int i = 0; i < 8; i++) {
            caller.call(stage.uri("shared"), Map.of());
            answer(asked(callees));
            caller.take(Code.RESULT);
        }
    }

    /** The one that has a message first; the last one if none gets any. */
    private static Client asked(List<Client> callees) throws Unmet {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Client.PATIENCE_MILLIS);
        while (System.nanoTime() < deadline) {
            for (Client callee : callees) {
                if (callee.hasMore(LOOK_MILLIS)) {
                    return callee;
                }
            }
        }
        return callees.get(callees.size() - 1);
    }

    private static void conflict(Stage stage) throws Unmet {
        Client first = stage.asked();
        Client second = stage.third();
        first.register(stage.uri("shared"), Map.of("invoke", "roundrobin"));
        second.send(Code.REGISTER, second.nextRequest(), Map.of("invoke", "random"), stage.uri("shared"));
        Message error = second.take(Code.ERROR);
        same((long) Code.REGISTER.number(), error.number(1), "ERROR for");
    }

    private static void failsOver(Stage stage) throws Unmet {
        List<Client> callees = callees(stage, "first");
        Client caller = stage.asking();
        callees.get(0).leave();
        caller.call(stage.uri("shared"), Map.of());
        answer(callees.get(1));
        caller.take(Code.RESULT);
    }
}
