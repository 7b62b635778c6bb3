package dev.weft.wamp.codec;

import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Call;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.codec.token.TokenWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the record of one message to the tokens of its head: all of it but the payload. */
final class MessageWriter {
    private final TokenWriter writer;
    private final ValueWriter values;
    private final OptionsWriter options;

    MessageWriter(TokenWriter writer, ValueWriter values) {
        this.writer = writer;
        this.values = values;
        options = new OptionsWriter(writer);
    }

    void write(WampMessage message) {
        switch (message.type()) {
            case HELLO -> hello((Hello) message);
            case WELCOME -> welcome((Welcome) message);
            case ABORT -> abort((Abort) message);
            case CHALLENGE -> challenge((Challenge) message);
            case AUTHENTICATE -> authenticate((Authenticate) message);
            case GOODBYE -> goodbye((Goodbye) message);
            case ERROR -> error((ErrorMessage) message);
            case PUBLISH -> publish((Publish) message);
            case PUBLISHED -> published((Published) message);
            case SUBSCRIBE -> subscribe((Subscribe) message);
            case SUBSCRIBED -> subscribed((Subscribed) message);
            case UNSUBSCRIBE -> unsubscribe((Unsubscribe) message);
            case UNSUBSCRIBED -> unsubscribed((Unsubscribed) message);
            case EVENT -> event((Event) message);
            case CALL -> call((Call) message);
            case CANCEL -> cancel((Cancel) message);
            case RESULT -> result((Result) message);
            case REGISTER -> register((Register) message);
            case REGISTERED -> registered((Registered) message);
            case UNREGISTER -> unregister((Unregister) message);
            case UNREGISTERED -> unregistered((Unregistered) message);
            case INVOCATION -> invocation((Invocation) message);
            case INTERRUPT -> interrupt((Interrupt) message);
            case YIELD -> yielded((Yield) message);
        }
    }

    /** Opens the list that is the message and writes the type; {@code elements} follow before the payload. */
    private void open(WampMessage message, int elements) {
        writer.openList(1 + elements + message.payload().elements());
        writer.integer(message.type().code());
    }

    private void open(WampMessage message, int elements, long firstId) {
        open(message, elements);
        writer.integer(firstId);
    }

    private void hello(Hello hello) {
        open(hello, 2);
        writer.string(hello.realm());
        values.write(hello.details());
    }

    private void welcome(Welcome welcome) {
        open(welcome, 2, welcome.session());
        values.write(welcome.details());
    }

    private void abort(Abort abort) {
        open(abort, 2);
        closing(abort.details(), abort.reason());
    }

    private void goodbye(Goodbye goodbye) {
        open(goodbye, 2);
        closing(goodbye.details(), goodbye.reason());
    }

    private void closing(Map<String, Object> details, String reason) {
        values.write(details);
        writer.string(reason);
    }

    private void challenge(Challenge challenge) {
        open(challenge, 2);
        writer.string(challenge.authmethod());
        values.write(challenge.extra());
    }

    private void authenticate(Authenticate authenticate) {
        open(authenticate, 2);
        writer.string(authenticate.signature());
        values.write(authenticate.extra());
    }

    private void error(ErrorMessage error) {
        open(error, 4, error.requestType().code());
        writer.integer(error.request());
        options.error(error.details());
        writer.string(error.error());
    }

    private void publish(Publish publish) {
        open(publish, 3, publish.request());
        options.publish(publish.options());
        writer.string(publish.topic());
    }

    private void published(Published published) {
        open(published, 2, published.request());
        writer.integer(published.publication());
    }

    private void subscribe(Subscribe subscribe) {
        open(subscribe, 3, subscribe.request());
        options.subscribe(subscribe.options());
        writer.string(subscribe.topic());
    }

    private void subscribed(Subscribed subscribed) {
        open(subscribed, 2, subscribed.request());
        writer.integer(subscribed.subscription());
    }

    private void unsubscribe(Unsubscribe unsubscribe) {
        open(unsubscribe, 2, unsubscribe.request());
        writer.integer(unsubscribe.subscription());
    }

    private void unsubscribed(Unsubscribed unsubscribed) {
        ended(unsubscribed, unsubscribed.request(), unsubscribed.revoked(), OptionKey.SUBSCRIPTION);
    }

    private void unregistered(Unregistered unregistered) {
        ended(unregistered, unregistered.request(), unregistered.revoked(), OptionKey.REGISTRATION);
    }

    private void ended(WampMessage message, long request, @Nullable Revocation revoked, OptionKey idKey) {
        open(message, revoked == null ? 1 : 2, request);
        if (revoked != null) {
            options.revocation(idKey, revoked);
        }
    }

    private void event(Event event) {
        open(event, 3, event.subscription());
        writer.integer(event.publication());
        options.event(event.details());
    }

    private void call(Call call) {
        open(call, 3, call.request());
        options.call(call.options());
        writer.string(call.procedure());
    }

    private void cancel(Cancel cancel) {
        open(cancel, 2, cancel.request());
        options.cancel(cancel.mode());
    }

    private void result(Result result) {
        open(result, 2, result.request());
        options.progress(result.details().progress(), result.details().ppt());
    }

    private void register(Register register) {
        open(register, 3, register.request());
        options.register(register.options());
        writer.string(register.procedure());
    }

    private void registered(Registered registered) {
        open(registered, 2, registered.request());
        writer.integer(registered.registration());
    }

    private void unregister(Unregister unregister) {
        open(unregister, 2, unregister.request());
        writer.integer(unregister.registration());
    }

    private void invocation(Invocation invocation) {
        open(invocation, 3, invocation.request());
        writer.integer(invocation.registration());
        options.invocation(invocation.details());
    }

    private void interrupt(Interrupt interrupt) {
        open(interrupt, 2, interrupt.request());
        options.interrupt(interrupt.mode(), interrupt.reason());
    }

    private void yielded(Yield yielded) {
        open(yielded, 2, yielded.request());
        options.progress(yielded.options().progress(), yielded.options().ppt());
    }
}
