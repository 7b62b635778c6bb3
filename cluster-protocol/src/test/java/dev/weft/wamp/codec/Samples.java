package dev.weft.wamp.codec;

import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** At least one message of each type, with every option and detail in use in one of them. */
final class Samples {
    private static final Ppt PPT = new Ppt("x_own", "cbor", "none", "key-7");
    private static final Identity JOE = new Identity(9_007_199_254_740_992L, "joe", "admin");

    private Samples() {}

    static List<WampMessage> all(Serializer serializer) {
        List<WampMessage> all = new ArrayList<>(sessionMessages(serializer));
        Payload args = serializer.payload(List.of("hello", 7L, 1.5), null);
        Payload both = serializer.payload(Arrays.asList(null, true), Map.of("k", List.of(Map.of())));
        ReceiverFilter everyList =
                new ReceiverFilter(List.of(1L), List.of("a"), List.of("b", "c"), List.of(), List.of("d"), List.of("e"));
        all.addAll(List.of(
                new ErrorMessage(MessageType.CALL, 7, ErrorDetails.DEFAULT, "com.example.error", Payload.EMPTY),
                new ErrorMessage(MessageType.INVOCATION, 7, new ErrorDetails("ünfit", PPT), "com.example.error", both),
                new Publish(1, PublishOptions.DEFAULT, "com.example.topic", args),
                new Publish(2, new PublishOptions(true, false, true, true, everyList, PPT), "a.b", both),
                new Published(3, 8_000_000_000_000_000L),
                new Subscribe(4, SubscribeOptions.DEFAULT, "a.b"),
                new Subscribe(5, new SubscribeOptions(MatchPolicy.WILDCARD, true), "a..b"),
                new Subscribed(4, 33),
                new Unsubscribe(6, 33),
                new Unsubscribed(6, null),
                new Unsubscribed(0, new Revocation(33, "com.example.why")),
                new Event(33, 8_000_000_000_000_000L, EventDetails.DEFAULT, args),
                new Event(33, 1, new EventDetails(JOE, "a.x.b", true, 3, PPT), both),
                new Call(7, CallOptions.DEFAULT, "com.example.sum", args),
                new Call(8, new CallOptions(true, true, 30_000, true, PPT), "com.example.sum", both),
                new Cancel(8, CancelMode.KILL),
                new Cancel(8, null),
                new Result(7, ResultDetails.DEFAULT, args),
                new Result(8, new ResultDetails(true, PPT), Payload.EMPTY)));
        all.addAll(registrationMessages(args, both));
        return all;
    }

    private static List<WampMessage> registrationMessages(Payload args, Payload both) {
        RegisterOptions options = new RegisterOptions(MatchPolicy.PREFIX, InvocationPolicy.ROUNDROBIN, true, true, 7);
        return List.of(
                new Register(9, RegisterOptions.DEFAULT, "com.example.sum"),
                new Register(10, options, "com.example."),
                new Registered(9, 99),
                new Unregister(11, 99),
                new Unregistered(11, null),
                new Unregistered(0, new Revocation(99, null)),
                new Invocation(1, 99, InvocationDetails.DEFAULT, args),
                new Invocation(2, 99, new InvocationDetails(JOE, "a.b", true, true, 30_000, 0, PPT), both),
                new Interrupt(2, CancelMode.KILLNOWAIT, null),
                new Interrupt(2, CancelMode.SKIP, "wamp.error.timeout"),
                new Yield(1, YieldOptions.DEFAULT, args),
                new Yield(2, new YieldOptions(true, PPT), Payload.EMPTY));
    }

    private static List<WampMessage> sessionMessages(Serializer serializer) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("roles", Map.of("caller", Map.of("features", Map.of("call_canceling", true))));
        details.put("agent", "tëst");
        details.put("authmethods", List.of("anonymous", "ticket"));
        details.put("x_nothing", null);
        details.put("x_number", -5L);
        details.put("x_float", 1.0);
        return List.of(
                new Hello("realm1", details),
                new Welcome(9_007_199_254_740_992L, details),
                new Abort(Map.of("message", "no"), "wamp.error.no_such_realm", Payload.EMPTY),
                new Abort(Map.of(), "wamp.error.no_such_realm", serializer.payload(List.of(1L), null)),
                new Challenge("wampcra", Map.of("challenge", "{\"nonce\": \"\\\"}")),
                new Authenticate("gir1mSx+deCDUV7wRM5SGIn/+R/ClqLZuH4m7FJeBVI=", Map.of()),
                new Goodbye(Map.of(), "wamp.close.close_realm"));
    }
}
