package dev.weft.load.compare;

import dev.weft.load.scenario.Load;
import dev.weft.load.scenario.Messages;
import dev.weft.load.scenario.Pace;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is compared. Those that design.md has budgets for have the sizes that it names. */
final class Cases {
    static final String RPC_BUDGET = "rpc-128";
    static final String RPC_JSON = "rpc-128-json";
    static final String RPC_TWO_NODES = "rpc-128-two-nodes";
    static final String FAN_OUT_BUDGET = "fan-out-100";
    static final String IDLE = "idle";

    private static final List<SerializerId> MSGPACK = List.of(SerializerId.MSGPACK);
    private static final List<SerializerId> JSON = List.of(SerializerId.JSON);

    private Cases() {}

    /**
     * All of them.
     *
     * @param fanOuts numbers of subscribers
     * @param idle number of idle sessions; 0: without
     * @param reconnecting number of sessions that come back at once; 0: without
     */
    static List<Case> all(List<Integer> fanOuts, int idle, int reconnecting) {
        List<Case> cases = new ArrayList<>(calls());
        for (int subscribers : fanOuts) {
            String title = String.format(Locale.ROOT, "Fan-out to %,d subscribers, 128 B", subscribers);
            cases.add(Case.of("fan-out-" + subscribers, title, fanOut(subscribers, MSGPACK, MSGPACK)));
        }
        cases.addAll(otherFanOuts());
        if (idle > 0) {
            String title = String.format(Locale.ROOT, "%,d idle sessions with one subscription each", idle);
            Load load = new Load.Idle(idle, 1, MSGPACK);
            cases.add(Case.of(IDLE, title, load).withFreshProcesses());
            cases.add(Case.of("idle-websocket", "The same over WebSocket", load)
                    .through(Door.WEBSOCKET)
                    .withFreshProcesses());
        }
        if (reconnecting > 0) {
            String title = String.format(Locale.ROOT, "%,d sessions reconnect at once", reconnecting);
            cases.add(Case.of("reconnect", title, new Load.Join(reconnecting, 0, MSGPACK)));
        }
        return cases;
    }

    private static List<Case> calls() {
        List<SerializerId> others = List.of(SerializerId.CBOR, SerializerId.JSON);
        return List.of(
                Case.of("rpc-100-one", "RPC, 1 in flight, 100 B", oneCall(100)),
                Case.of("rpc-4k-one", "RPC, 1 in flight, 4 KB", oneCall(4096)),
                Case.of("rpc-100", "RPC, 8 callers with 16 in flight, 100 B", calls(100, MSGPACK, MSGPACK)),
                Case.of(RPC_BUDGET, "RPC, 8 callers with 16 in flight, 128 B", calls(128, MSGPACK, MSGPACK)),
                Case.of("rpc-4k", "RPC, 8 callers with 16 in flight, 4 KB", calls(4096, MSGPACK, MSGPACK)),
                Case.of(RPC_JSON, "The same with 128 B of JSON", calls(128, JSON, JSON))
                        .forWampOnly(),
                Case.of("rpc-128-mixed", "The same from MessagePack to CBOR and JSON", calls(128, MSGPACK, others))
                        .forWampOnly(),
                Case.of("rpc-128-websocket", "The same over WebSocket", calls(128, MSGPACK, MSGPACK))
                        .through(Door.WEBSOCKET),
                Case.of("rpc-128-tls", "The same over RawSocket with TLS", calls(128, MSGPACK, MSGPACK))
                        .through(Door.RAWSOCKET_TLS),
                Case.of("rpc-128-websocket-tls", "The same over WebSocket with TLS", calls(128, MSGPACK, MSGPACK))
                        .through(Door.WEBSOCKET_TLS),
                Case.of(RPC_TWO_NODES, "The same through two nodes", calls(128, MSGPACK, MSGPACK))
                        .throughTwoNodes());
    }

    private static List<Case> otherFanOuts() {
        List<SerializerId> others = List.of(SerializerId.MSGPACK, SerializerId.CBOR, SerializerId.JSON);
        return List.of(
                Case.of(
                                "fan-out-100-mixed",
                                "Fan-out to 100 subscribers in three serializers",
                                fanOut(100, MSGPACK, others))
                        .forWampOnly(),
                Case.of(
                                "fan-out-100-websocket",
                                "Fan-out to 100 subscribers over WebSocket",
                                fanOut(100, MSGPACK, MSGPACK))
                        .through(Door.WEBSOCKET),
                Case.of("fan-out-100-tls", "Fan-out to 100 subscribers with TLS", fanOut(100, MSGPACK, MSGPACK))
                        .through(Door.RAWSOCKET_TLS),
                Case.of(
                                "fan-out-100-two-nodes",
                                "Fan-out to 100 subscribers on another node",
                                fanOut(100, MSGPACK, MSGPACK))
                        .throughTwoNodes());
    }

    private static Load oneCall(int payload) {
        return new Load.Rpc(1, 1, new Messages(new Pace.Closed(1), List.of(payload), MSGPACK, MSGPACK));
    }

    private static Load calls(int payload, List<SerializerId> callers, List<SerializerId> callees) {
        return new Load.Rpc(8, 4, new Messages(new Pace.Closed(16), List.of(payload), callers, callees));
    }

    private static Load fanOut(int subscribers, List<SerializerId> publisher, List<SerializerId> others) {
        Messages messages = new Messages(new Pace.Closed(16), List.of(128), publisher, others);
        return new Load.PubSub(1, subscribers, 1, 1, MatchPolicy.EXACT, 1, messages);
    }
}
