package dev.weft.load;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Callers that keep a number of calls in flight, to callees with a procedure each, in turn. The result is the argument. */
final class RpcScenario implements Scenario {
    private final RunOptions options;
    private final int callerCount;
    private final int callsInFlight;
    private final List<String> procedures = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private boolean stopped;

    RpcScenario(RunOptions options, int callers, int callsInFlight, int callees) {
        this.options = options;
        this.callerCount = callers;
        this.callsInFlight = callsInFlight;
        for (int i = 0; i < callees; i++) {
            procedures.add("dev.weft.load.procedure" + i);
        }
    }

    @Override
    public String operation() {
        return "round trip";
    }

    @Override
    public void prepare(Clients clients) throws Exception {
        for (String procedure : procedures) {
            WampClient callee = clients.connect(options.portOfTheOthers());
            callee.onReceived(message -> answer(callee, message));
            callee.register(procedure).get(10, TimeUnit.SECONDS);
        }
        Payload argument = clients.serializer().payload(List.of("x".repeat(options.payloadBytes)), null);
        for (int i = 0; i < callerCount; i++) {
            callers.add(new Caller(clients.connect(options.port), argument));
        }
    }

    private static void answer(WampClient callee, WampMessage message) {
        if (message.type() == MessageType.INVOCATION) {
            Invocation invocation = (Invocation) message;
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
        }
    }

    @Override
    public void start(Recorder recorder) {
        for (Caller caller : callers) {
            caller.start(recorder);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public long inFlight() {
        return callers.stream().mapToLong(caller -> caller.inFlight).sum();
    }

    private final class Caller {
        private final WampClient client;
        private final Payload argument;
        private final SentTimes sentTimes = new SentTimes();
        private long inFlight;

        Caller(WampClient client, Payload argument) {
            this.client = client;
            this.argument = argument;
        }

        void start(Recorder recorder) {
            client.onReceived(message -> received(message, recorder));
            for (int i = 0; i < callsInFlight; i++) {
                call();
            }
            client.flush();
        }

        private void call() {
            long request = client.nextRequest();
            String procedure = procedures.get((int) (request % procedures.size()));
            sentTimes.sent(request);
            client.send(new Call(request, CallOptions.DEFAULT, procedure, argument));
            inFlight++;
        }

        private void received(WampMessage message, Recorder recorder) {
            switch (message.type()) {
                case RESULT -> recorder.ended(sentTimes.since(((Result) message).request()));
                case ERROR -> recorder.failed();
                default -> {
                    return;
                }
            }
            inFlight--;
            if (!stopped) {
                call();
            }
        }
    }
}
