package dev.weft.load.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.load.client.Endpoint;
import dev.weft.load.report.RunResult;
import dev.weft.load.scenario.ScenarioFile;
import dev.weft.load.work.LoadRun;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayTest {
    @Test
    void callsAndEventsGoThroughAsTheyDoThroughARouter() throws Exception {
        try (Relay relay = Relay.start(0)) {
            List<Endpoint> endpoint = List.of(Endpoint.parse("relay://127.0.0.1:" + relay.port()));
            RunResult result =
                    new LoadRun(ScenarioFile.parse("test", """
                                    warmup: 0s
                                    duration: 300ms
                                    load:
                                      - { type: rpc, callers: 3, callees: 2, in-flight: 4, payload: [32, 70000] }
                                      - { type: pubsub, publishers: 2, subscribers: 5, topics: 3, in-flight: 4 }
                                    """).at(endpoint, List.of()), List.of(), sample -> {}).run();
            assertThat(result.loads())
                    .allSatisfy(load -> assertThat(load.operations()).isPositive());
            assertThat(result.isClean()).isTrue();
        }
    }

    @Test
    void whoHasGoneIsForgotten() throws Exception {
        try (Relay relay = Relay.start(0)) {
            Socket first = new Socket("127.0.0.1", relay.port());
            Socket second = new Socket("127.0.0.1", relay.port());
            await().until(() -> relay.addresses() == 2);

            first.close();
            await().until(() -> relay.addresses() == 1);
            second.close();
            await().until(() -> relay.addresses() == 0);
        }
    }
}
