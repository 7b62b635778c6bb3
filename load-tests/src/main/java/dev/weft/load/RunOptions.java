package dev.weft.load;

import dev.weft.wamp.SerializerId;
import java.util.List;
import picocli.CommandLine.Option;

/** What every scenario is told. */
final class RunOptions {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}.")
    String host = "127.0.0.1";

    @Option(names = "--port", required = true, description = "RawSocket port of the callers or the publisher.")
    int port;

    @Option(
            names = "--other-port",
            description = "RawSocket port of the callees or subscribers, to go through two nodes. Default: --port.")
    int otherPort;

    @Option(names = "--realm", defaultValue = "realm1", description = "Default: ${DEFAULT-VALUE}.")
    String realm = "realm1";

    @Option(names = "--serializer", defaultValue = "MSGPACK", description = "${COMPLETION-CANDIDATES}.")
    SerializerId serializer = SerializerId.MSGPACK;

    @Option(names = "--payload", defaultValue = "128", description = "Bytes of the one argument. Default: 128.")
    int payloadBytes = 128;

    @Option(names = "--warmup", defaultValue = "5", description = "Seconds that do not count. Default: 5.")
    int warmupSeconds = 5;

    @Option(names = "--seconds", defaultValue = "10", description = "Seconds that count, up to 3600. Default: 10.")
    int seconds = 10;

    @Option(
            names = "--pid",
            split = ",",
            description = "Process ids of the router on this machine, to read the CPU time they use.")
    List<Long> pids = List.of();

    int portOfTheOthers() {
        return otherPort == 0 ? port : otherPort;
    }
}
