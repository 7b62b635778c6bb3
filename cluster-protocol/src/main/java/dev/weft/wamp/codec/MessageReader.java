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
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import dev.weft.wamp.codec.token.Token;
import dev.weft.wamp.codec.token.TokenReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** From the tokens of one message to its record; checks that each element is there and of its type. */
final class MessageReader {
    private final SerializerId serializer;
    private final TokenReader reader;
    private final OptionsReader options;
    private final int maxUriLength;
    private final StringCache uris = new StringCache();

    private MessageType type = MessageType.HELLO;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private int base;
    private boolean ended;

    MessageReader(SerializerId serializer, TokenReader reader, int maxUriLength) {
        this.serializer = serializer;
        this.reader = reader;
        this.maxUriLength = maxUriLength;
        options = new OptionsReader(reader);
    }

    /**
     * Reads the message on which the reader was started.
     *
     * @param in what a payload is to be a view of
     * @param base the position of the reader that is 0 in {@code in}
     */
    WampMessage read(ByteBuf in, int base) throws ProtocolViolation {
        this.in = in;
        this.base = base;
        ended = false;
        if (reader.next() != Token.LIST) {
            throw reader.violation("a message must be a list");
        }
        type = readType("a message must begin with the number of a message type");
        WampMessage message = readElements();
        if (!ended && reader.next() != Token.END) {
            throw reader.violation(type + " has too many elements");
        }
        reader.finish();
        return message;
    }

    /** Lets go of the buffer, which is not ours. */
    void release() {
        in = Unpooled.EMPTY_BUFFER;
        reader.release();
    }

    private MessageType readType(String fault) throws ProtocolViolation {
        if (reader.next() != Token.INTEGER) {
            throw reader.violation(fault);
        }
        MessageType found = MessageType.of(reader.integer());
        if (found == null) {
            throw reader.violation("there is no message type " + reader.integer());
        }
        return found;
    }

    private WampMessage readElements() throws ProtocolViolation {
        return switch (type) {
            case HELLO -> hello();
            case WELCOME -> welcome();
            case ABORT -> abort();
            case CHALLENGE -> challenge();
            case AUTHENTICATE -> authenticate();
            case GOODBYE -> goodbye();
            case ERROR -> error();
            case PUBLISH -> publish();
            case PUBLISHED -> published();
            case SUBSCRIBE -> subscribe();
            case SUBSCRIBED -> subscribed();
            case UNSUBSCRIBE -> unsubscribe();
            case UNSUBSCRIBED -> unsubscribed();
            case EVENT -> event();
            case CALL -> call();
            case CANCEL -> cancel();
            case RESULT -> result();
            case REGISTER -> register();
            case REGISTERED -> registered();
            case UNREGISTER -> unregister();
            case UNREGISTERED -> unregistered();
            case INVOCATION -> invocation();
            case INTERRUPT -> interrupt();
            case YIELD -> yielded();
        };
    }

    private Hello hello() throws ProtocolViolation {
        String realm = uri("Realm");
        return new Hello(realm, details("Details"));
    }

    private Welcome welcome() throws ProtocolViolation {
        long session = id("Session");
        return new Welcome(session, details("Details"));
    }

    private Abort abort() throws ProtocolViolation {
        Map<String, Object> details = details("Details");
        String reason = uri("Reason");
        return new Abort(details, reason, payload());
    }

    private Challenge challenge() throws ProtocolViolation {
        String authmethod = string("AuthMethod");
        return new Challenge(authmethod, details("Extra"));
    }

    private Authenticate authenticate() throws ProtocolViolation {
        String signature = string("Signature");
        return new Authenticate(signature, details("Extra"));
    }

    private Goodbye goodbye() throws ProtocolViolation {
        Map<String, Object> details = details("Details");
        return new Goodbye(details, uri("Reason"));
    }

    private ErrorMessage error() throws ProtocolViolation {
        MessageType request = readType("ERROR.Type must be an integer");
        long id = id("Request");
        ErrorDetails details = options.error();
        String error = uri("Error");
        return new ErrorMessage(request, id, details, error, payload());
    }

    private Publish publish() throws ProtocolViolation {
        long request = id("Request");
        PublishOptions publishOptions = options.publish();
        String topic = uri("Topic");
        return new Publish(request, publishOptions, topic, payload());
    }

    private Published published() throws ProtocolViolation {
        long request = id("Request");
        return new Published(request, id("Publication"));
    }

    private Subscribe subscribe() throws ProtocolViolation {
        long request = id("Request");
        SubscribeOptions subscribeOptions = options.subscribe();
        return new Subscribe(request, subscribeOptions, uri("Topic"));
    }

    private Subscribed subscribed() throws ProtocolViolation {
        long request = id("Request");
        return new Subscribed(request, id("Subscription"));
    }

    private Unsubscribe unsubscribe() throws ProtocolViolation {
        long request = id("Request");
        return new Unsubscribe(request, id("Subscription"));
    }

    private Unsubscribed unsubscribed() throws ProtocolViolation {
        long request = idOrZero();
        if (request != 0) {
            return new Unsubscribed(request, null);
        }
        Revocation revoked = options.revocation("UNSUBSCRIBED.Details", OptionKey.SUBSCRIPTION);
        return new Unsubscribed(request, revoked);
    }

    private Event event() throws ProtocolViolation {
        long subscription = id("Subscription");
        long publication = id("Publication");
        EventDetails details = options.event();
        return new Event(subscription, publication, details, payload());
    }

    private Call call() throws ProtocolViolation {
        long request = id("Request");
        CallOptions callOptions = options.call();
        String procedure = uri("Procedure");
        return new Call(request, callOptions, procedure, payload());
    }

    private Cancel cancel() throws ProtocolViolation {
        long request = id("Request");
        CancelMode mode = options.cancel();
        return new Cancel(request, mode);
    }

    private Result result() throws ProtocolViolation {
        long request = id("Request");
        ResultDetails details = options.result();
        return new Result(request, details, payload());
    }

    private Register register() throws ProtocolViolation {
        long request = id("Request");
        RegisterOptions registerOptions = options.register();
        return new Register(request, registerOptions, uri("Procedure"));
    }

    private Registered registered() throws ProtocolViolation {
        long request = id("Request");
        return new Registered(request, id("Registration"));
    }

    private Unregister unregister() throws ProtocolViolation {
        long request = id("Request");
        return new Unregister(request, id("Registration"));
    }

    private Unregistered unregistered() throws ProtocolViolation {
        long request = idOrZero();
        if (request != 0) {
            return new Unregistered(request, null);
        }
        Revocation revoked = options.revocation("UNREGISTERED.Details", OptionKey.REGISTRATION);
        return new Unregistered(request, revoked);
    }

    private Invocation invocation() throws ProtocolViolation {
        long request = id("Request");
        long registration = id("Registration");
        InvocationDetails details = options.invocation();
        return new Invocation(request, registration, details, payload());
    }

    private Interrupt interrupt() throws ProtocolViolation {
        long request = id("Request");
        OptionsReader.InterruptOptions interruptOptions = options.interrupt();
        return new Interrupt(request, interruptOptions.mode(), interruptOptions.reason());
    }

    private Yield yielded() throws ProtocolViolation {
        long request = id("Request");
        YieldOptions yieldOptions = options.yield();
        return new Yield(request, yieldOptions, payload());
    }

    private long id(String element) throws ProtocolViolation {
        if (!reader.isInteger(reader.next()) || !WampId.isValid(reader.integer())) {
            throw mustBe(element, "an integer from 1 to 2^53");
        }
        return reader.integer();
    }

    /** The request of an answer that may also be a revocation, which answers no request. */
    private long idOrZero() throws ProtocolViolation {
        if (!reader.isInteger(reader.next()) || (reader.integer() != 0 && !WampId.isValid(reader.integer()))) {
            throw mustBe("Request", "an integer from 0 to 2^53");
        }
        return reader.integer();
    }

    private String string(String element) throws ProtocolViolation {
        if (reader.next() != Token.STRING) {
            throw mustBe(element, "a string");
        }
        return reader.string();
    }

    private String uri(String element) throws ProtocolViolation {
        if (reader.next() != Token.STRING) {
            throw mustBe(element, "a string");
        }
        String uri = uris.get(reader.text(), reader.textFrom(), reader.textTo());
        if (uri.length() > maxUriLength) {
            throw mustBe(element, "at most " + maxUriLength + " characters long");
        }
        return uri;
    }

    private Map<String, Object> details(String element) throws ProtocolViolation {
        if (reader.next() != Token.DICT) {
            throw mustBe(element, "a dict");
        }
        return ValueReader.details(reader);
    }

    private ProtocolViolation mustBe(String element, String expected) {
        return reader.violation(type + "." + element + " must be " + expected);
    }

    /** The rest of the message: nothing, {@code Arguments}, or {@code Arguments} and {@code ArgumentsKw}. */
    private Payload payload() throws ProtocolViolation {
        Token args = reader.next();
        if (args == Token.END) {
            ended = true;
            return Payload.EMPTY;
        }
        if (args != Token.LIST) {
            throw mustBe("Arguments", "a list");
        }
        int from = reader.tokenStart();
        reader.skipRest();
        int to = reader.position();
        Token kwargs = reader.next();
        if (kwargs == Token.END) {
            ended = true;
            return Payload.view(serializer, 1, in, from - base, to - from);
        }
        if (kwargs != Token.DICT) {
            throw mustBe("ArgumentsKw", "a dict");
        }
        reader.skipRest();
        return Payload.view(serializer, 2, in, from - base, reader.position() - from);
    }
}
