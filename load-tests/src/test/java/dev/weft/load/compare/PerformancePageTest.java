package dev.weft.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
    private final List<Case> cases = Cases.all(List.of(100, 1000), 500, 50);
    private final Results results = new Results(cases);

    private static Outcome outcome(double cpuMicros, double bytesPerSession, String faults, double toolBusy) {
        return new Outcome(cpuMicros, 1e6 / cpuMicros, 100, 2000, bytesPerSession, faults, toolBusy, List.of());
    }

    private Case find(String id) {
        return cases.stream().filter(what -> what.id().equals(id)).findFirst().orElseThrow();
    }

    private void measured(String id, String contender, double... cpuMicros) {
        for (int round = 0; round < cpuMicros.length; round++) {
            results.add(find(id), contender, round, outcome(cpuMicros[round], Double.NaN, "", 0.5));
        }
    }

    private String page(String old) {
        Map<String, String> versions = new TreeMap<>(Map.of("weft", "1.0", "nexus", "3", "relay", "bare"));
        return PerformancePage.write(
                old, results, List.of("on a machine"), versions, Map.of("crossbar", "there is no python3"));
    }

    @Test
    void everyCaseHasAnIdOfItsOwn() {
        assertThat(cases).extracting(Case::id).doesNotHaveDuplicates().contains("idle", "reconnect", "fan-out-1000");
        assertThat(Cases.all(List.of(), 0, 0)).extracting(Case::id).doesNotContain("idle", "reconnect", "fan-out-1000");
    }

    @Test
    void figuresAreMediansWithTheirRange() {
        measured(Cases.RPC_BUDGET, "weft", 4, 9, 5);
        assertThat(page(""))
                .contains("| weft | 5.00 (4.00 to 9.00) | 200,000 (111,111 to 250,000) | 100 | 2,000 | 50 % |");
    }

    @Test
    void ratiosAreFormedWithinARound() {
        measured(Cases.RPC_BUDGET, "weft", 4, 40, 5);
        measured(Cases.RPC_BUDGET, "nexus", 60, 400, 70);
        assertThat(results.ratio(Cases.RPC_BUDGET, "nexus", Cases.RPC_BUDGET, "weft", Outcome::cpuMicros))
                .hasValue(new Spread(14, 10, 15));
        assertThat(page("")).contains("| RPC, 8 callers with 16 in flight, 128 B | 14.0 |  | 1.00 |");
    }

    @Test
    void aRoundThatFailedForOneHasNoRatio() {
        measured(Cases.RPC_BUDGET, "weft", 4, 40, 5);
        results.add(find(Cases.RPC_BUDGET), "nexus", 1, outcome(120, Double.NaN, "", 0));
        assertThat(results.ratio(Cases.RPC_BUDGET, "nexus", Cases.RPC_BUDGET, "weft", Outcome::cpuMicros))
                .hasValue(new Spread(3, 3, 3));
    }

    @Test
    void budgetsAreKeptNotKeptOrNotMeasured() {
        measured(Cases.RPC_BUDGET, "weft", 5.1);
        measured(Cases.RPC_BUDGET, "nexus", 5.1 * 13);
        measured(Cases.FAN_OUT_BUDGET, "weft", 0.7);
        results.add(find(Cases.IDLE), "weft", 1, outcome(Double.NaN, 9_999, "", 0));
        assertThat(page(""))
                .contains(
                        "| CPU time of an RPC round trip, 128 B of MessagePack, µs | at most 5.00 | 5.10 | **not kept** |")
                .contains("| RPC: CPU time of nexus as a multiple of Weft's | at least 13.0 | 13.0 | kept |")
                .contains("| CPU time of a delivered event, fan-out 100, µs | at most 0.700 | 0.700 | kept |")
                .contains("| memory of an idle session with one subscription, bytes | under 10,000 | 9,999 | kept |")
                .contains("| RPC: CPU time as a multiple of the bare relay's | at most 1.5 |  | not measured |");
    }

    @Test
    void thePrefaceIsKeptAndNothingElse() {
        String old = page("").replace("<!-- preface -->\n", "<!-- preface -->\nWritten by hand.\n") + "rubbish";
        String fresh = page(old);
        assertThat(fresh)
                .contains("<!-- preface -->\nWritten by hand.\n<!-- /preface -->")
                .doesNotContain("rubbish");
        assertThat(page(fresh)).isEqualTo(fresh);
    }

    @Test
    void whoDidNotTakePartOrFailedOrLostMessagesIsNamed() {
        results.add(find(Cases.RPC_BUDGET), "nexus", 1, outcome(5, Double.NaN, "3 lost", 0.95));
        results.addFailure(find(Cases.RPC_BUDGET), "weft", "it ended at once");
        assertThat(page(""))
                .contains("| crossbar | LEFT OUT: there is no python3 |")
                .contains("weft failed: it ended at once.")
                .contains("nexus, messages by round: 3 lost.")
                .contains("nexus: the load tool was the limit");
    }

    @Test
    void whatOnlyWampHasIsNotAskedOfOthers() {
        Workshop workshop = new Workshop(Path.of(""), Path.of(""));
        List<String> asked = new ArrayList<>();
        for (Contender contender : List.of(
                new WeftContender(workshop, ""),
                new NexusContender(workshop),
                new NatsContender(workshop),
                new RelayContender(workshop))) {
            for (String id : List.of(Cases.RPC_BUDGET, Cases.RPC_JSON, "rpc-128-tls", Cases.RPC_TWO_NODES)) {
                if (find(id).admits(contender)) {
                    asked.add(contender.name() + " " + id);
                }
            }
        }
        assertThat(asked)
                .containsExactly(
                        "weft rpc-128",
                        "weft rpc-128-json",
                        "weft rpc-128-tls",
                        "weft rpc-128-two-nodes",
                        "nexus rpc-128",
                        "nexus rpc-128-json",
                        "nexus rpc-128-tls",
                        "nats rpc-128",
                        "nats rpc-128-two-nodes",
                        "relay rpc-128");
    }
}
