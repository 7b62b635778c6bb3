package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/** Payloads that the router does not look into. */
final class PayloadPassthru implements Feature {
    private static final Map<String, Object> OPTIONS =
            Map.of("ppt_scheme", "x_conformance", "ppt_serializer", "cbor", "ppt_cipher", "none", "ppt_keyid", "key-1");

    @Override
    public String name() {
        return "payload passthru mode";
    }

    @Override
    public Announcement announcement() {
        return new Announcement("broker", "payload_passthru_mode");
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("an event carries the options of its publisher", PayloadPassthru::event),
                new Check("a call and its result carry theirs", PayloadPassthru::call));
    }

    private static void carries(Map<String, Object> details) throws Unmet {
        for (Map.Entry<String, Object> option : OPTIONS.entrySet()) {
            Expect.same(option.getValue(), details.get(option.getKey()), option.getKey());
        }
    }

    private static void event(Stage stage) throws Unmet {
        byte[] sealed = {1, 2, 3};
        Client subscriber = stage.asked();
        long subscription = subscriber.subscribe(stage.uri("topic"));
        stage.asking().publish(stage.uri("topic"), OPTIONS, sealed);
        Message event = subscriber.event(subscription);
        carries(event.dict(3));
        Expect.same(sealed, only(event.args()), "payload");
    }

    private static void call(Stage stage) throws Unmet {
        byte[] sealed = {1, 2, 3};
        Client callee = stage.asked();
        Client caller = stage.asking();
        callee.register(stage.uri("sealed"));
        caller.call(stage.uri("sealed"), OPTIONS, sealed);
        Message invocation = callee.take(Code.INVOCATION);
        carries(invocation.dict(3));
        Expect.same(sealed, only(invocation.args()), "payload");
        callee.yield(invocation, OPTIONS, sealed);
        Message result = caller.take(Code.RESULT);
        carries(result.dict(2));
        Expect.same(sealed, only(result.args()), "payload");
    }
}
