package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Language;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payloads that cross from one serializer into another. */
final class SerializerPairs implements Feature {
    @Override
    public String name() {
        return "payloads in every serializer";
    }

    @Override
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Language other : Language.values()) {
            checks.add(new Check("values arrive unchanged at who speaks " + other, stage -> crosses(stage, other)));
            checks.add(new Check("binary arrives unchanged at who speaks " + other, stage -> binary(stage, other)));
        }
        return checks;
    }

    private static void crosses(Stage stage, Language other) throws Unmet {
        List<Object> values = List.of(
                0L,
                -1L,
                255L,
                65_536L,
                (1L << 53) - 1,
                -(1L << 53) + 1,
                0.1,
                -1e300,
                true,
                "",
                "\"\\/\n\u0001",
                "Grüße, 世界 🧵",
                List.of(List.of(List.of())),
                Map.of("dict", Map.of("of", List.of("dicts"))));
        Client subscriber = stage.asked(other);
        long subscription = subscriber.subscribe(stage.uri("topic"));
        stage.asking().publish(stage.uri("topic"), Map.of(), values.toArray());
        same(values, subscriber.event(subscription).args(), "Arguments");
    }

    private static void binary(Stage stage, Language other) throws Unmet {
        byte[] bytes = {0, 1, (byte) 0xFF, (byte) 0x80, 'a', 0};
        Client subscriber = stage.asked(other);
        long subscription = subscriber.subscribe(stage.uri("topic"));
        stage.asking().publish(stage.uri("topic"), Map.of(), bytes);
        same(bytes, only(subscriber.event(subscription).args()), "binary");
    }
}
