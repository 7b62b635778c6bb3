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
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of all types drawn from a seed, their payloads of one serializer. */
final class RandomMessages {
    private final RandomValues values;
    private final Random random;
    private final Serializer serializer;

    RandomMessages(long seed, Serializer serializer) {
        values = new RandomValues(seed);
        random = values.random();
        this.serializer = serializer;
    }

    WampMessage next() {
        MessageType type = MessageType.values()[random.nextInt(MessageType.values().length)];
        return switch (type) {
            case HELLO -> new Hello(uri(), details());
            case WELCOME -> new Welcome(id(), details());
            case ABORT -> new Abort(details(), uri(), payload());
            case CHALLENGE -> new Challenge(values.string(), details());
            case AUTHENTICATE -> new Authenticate(values.string(), details());
            case GOODBYE -> new Goodbye(details(), uri());
            case ERROR -> new ErrorMessage(type(), id(), errorDetails(), uri(), payload());
            case PUBLISH -> new Publish(id(), publishOptions(), uri(), payload());
            case PUBLISHED -> new Published(id(), id());
            case SUBSCRIBE -> new Subscribe(id(), new SubscribeOptions(match(), bool()), uri());
            case SUBSCRIBED -> new Subscribed(id(), id());
            case UNSUBSCRIBE -> new Unsubscribe(id(), id());
            case UNSUBSCRIBED -> bool() ? new Unsubscribed(id(), null) : new Unsubscribed(0, revocation());
            case EVENT -> new Event(id(), id(), eventDetails(), payload());
            case CALL -> new Call(id(), callOptions(), uri(), payload());
            case CANCEL -> new Cancel(id(), maybe(this::mode));
            case RESULT -> new Result(id(), new ResultDetails(bool(), ppt()), payload());
            case REGISTER -> new Register(id(), registerOptions(), uri());
            case REGISTERED -> new Registered(id(), id());
            case UNREGISTER -> new Unregister(id(), id());
            case UNREGISTERED -> bool() ? new Unregistered(id(), null) : new Unregistered(0, revocation());
            case INVOCATION -> new Invocation(id(), id(), invocationDetails(), payload());
            case INTERRUPT -> new Interrupt(id(), mode(), maybe(values::string));
            case YIELD -> new Yield(id(), new YieldOptions(bool(), ppt()), payload());
        };
    }

    private boolean bool() {
        return random.nextBoolean();
    }

    private <T> T maybe(Supplier<T> supplier) {
        return bool() ? supplier.get() : null;
    }

    private long id() {
        return bool() ? 1 + random.nextInt(300) : 1 + (random.nextLong() >>> (11 + random.nextInt(40)));
    }

    private String uri() {
        return bool() ? "com.example.topic" + random.nextInt(100) : "ü.𝄞." + random.nextInt(100);
    }

    private Map<String, Object> details() {
        return values.dict(3);
    }

    private Payload payload() {
        return serializer.payload(maybe(() -> values.list(4)), maybe(() -> values.dict(3)));
    }

    private MessageType type() {
        return MessageType.values()[random.nextInt(MessageType.values().length)];
    }

    private MatchPolicy match() {
        return MatchPolicy.values()[random.nextInt(MatchPolicy.values().length)];
    }

    private CancelMode mode() {
        return CancelMode.values()[random.nextInt(CancelMode.values().length)];
    }

    private Ppt ppt() {
        return maybe(() ->
                new Ppt("x" + values.string(), maybe(values::string), maybe(values::string), maybe(values::string)));
    }

    private Identity identity() {
        return maybe(() -> new Identity(id(), values.string(), values.string()));
    }

    private Revocation revocation() {
        return new Revocation(id(), maybe(values::string));
    }

    private ErrorDetails errorDetails() {
        return new ErrorDetails(maybe(values::string), ppt());
    }

    private PublishOptions publishOptions() {
        return new PublishOptions(bool(), bool(), bool(), bool(), maybe(this::receivers), ppt(), maybe(this::trace));
    }

    private ReceiverFilter receivers() {
        List<Long> ids = ids();
        return new ReceiverFilter(
                ids, maybe(this::names), maybe(this::names), maybe(this::ids), maybe(this::names), maybe(this::names));
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (int left = random.nextInt(30); left > 0; left--) {
            ids.add(id());
        }
        return ids;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            names.add(values.string());
        }
        return names;
    }

    private RegisterOptions registerOptions() {
        InvocationPolicy[] policies = InvocationPolicy.values();
        return new RegisterOptions(
                match(), policies[random.nextInt(policies.length)], bool(), bool(), random.nextInt(3));
    }

    private CallOptions callOptions() {
        return new CallOptions(bool(), bool(), random.nextInt(3), bool(), ppt(), maybe(this::trace));
    }

    private EventDetails eventDetails() {
        return new EventDetails(identity(), maybe(this::uri), bool(), random.nextInt(4) - 1, ppt(), maybe(this::trace));
    }

    private InvocationDetails invocationDetails() {
        return new InvocationDetails(
                identity(),
                maybe(this::uri),
                bool(),
                bool(),
                random.nextInt(3),
                random.nextInt(4) - 1,
                ppt(),
                maybe(this::trace));
    }

    private TraceContext trace() {
        String state = bool() ? "vendor=" + random.nextInt(100) + ",other@way=x" : null;
        return new TraceContext(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1, bool(), state);
    }
}
