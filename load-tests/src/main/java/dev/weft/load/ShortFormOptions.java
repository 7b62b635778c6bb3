package dev.weft.load;

import dev.weft.load.client.Endpoint;
import dev.weft.load.client.Stamp;
import dev.weft.load.scenario.Load;
import dev.weft.load.scenario.Messages;
import dev.weft.load.scenario.Pace;
import dev.weft.load.scenario.Scenario;
import dev.weft.wamp.SerializerId;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a scenario in a file says, for commands that do without one. */
final class ShortFormOptions {
    @Option(
            names = "--in-flight",
            defaultValue = "16",
            description = "Calls or publications of each sender at once. Default: ${DEFAULT-VALUE}.")
    private int inFlight = 16;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Calls or publications per second of all together, whatever is in flight. Default: none.")
    private double perSecond;

    @Option(
            names = "--serializer",
            split = ",",
            defaultValue = "MSGPACK",
            description = "Of the sessions in turn: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<SerializerId> serializers = List.of(SerializerId.MSGPACK);

    @Option(
            names = "--payload",
            split = ",",
            defaultValue = "128",
            description = "Octets of the one argument, 32 or more; several in turn. Default: ${DEFAULT-VALUE}.")
    private List<Integer> payloads = List.of(128);

    @Option(names = "--port", defaultValue = "8080", description = "RawSocket port on 127.0.0.1. Default: 8080.")
    private int port = 8080;

    @Option(
            names = "--other-port",
            defaultValue = "0",
            description = "The same for callees or subscribers, to go through two nodes. Default: --port.")
    private int otherPort;

    Scenario scenario(String name, Load load) {
        List<Endpoint> there = List.of(loopback(otherPort == 0 ? port : otherPort));
        return new Scenario(
                name,
                "realm1",
                List.of(loopback(port)),
                there,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                List.of(load));
    }

    Messages messages(CommandLine command) {
        requirePositive(command, inFlight);
        if (perSecond < 0 || payloads.stream().anyMatch(octets -> octets < Stamp.LENGTH)) {
            throw new ParameterException(command, "--rate is over 0, and --payload at least " + Stamp.LENGTH);
        }
        Pace pace = perSecond > 0 ? new Pace.Open(perSecond) : new Pace.Closed(inFlight);
        return new Messages(pace, payloads, serializers, serializers);
    }

    void requirePositive(CommandLine command, int... counts) {
        for (int count : counts) {
            if (count < 1) {
                throw new ParameterException(command, "there has to be at least one of each");
            }
        }
    }

    private static Endpoint loopback(int port) {
        return Endpoint.parse("rs://127.0.0.1:" + port);
    }
}
