package dev.weft.realm;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.WampMessage;
import java.util.Map;

/** Requests of clients as values: kept for later, disclosed, told to an authorizer. */
final class RequestMessages {
    private RequestMessages() {}

    /** The same message, valid after the batch that it was read in. */
    static WampMessage kept(WampMessage message) {
        if (message instanceof Publish publish) {
            return new Publish(
                    publish.request(),
                    publish.options(),
                    publish.topic(),
                    publish.payload().keep());
        }
        if (message instanceof Call call) {
            return new Call(
                    call.request(),
                    call.options(),
                    call.procedure(),
                    call.payload().keep());
        }
        return message;
    }

    /** The same message, as if the client had asked to be disclosed. */
    static WampMessage disclosed(WampMessage message) {
        if (message instanceof Publish publish) {
            PublishOptions options = publish.options();
            return new Publish(
                    publish.request(),
                    new PublishOptions(
                            options.acknowledge(),
                            options.excludeMe(),
                            true,
                            options.retain(),
                            options.receivers(),
                            options.ppt(),
                            options.trace()),
                    publish.topic(),
                    publish.payload());
        }
        if (message instanceof Call call) {
            CallOptions options = call.options();
            return new Call(
                    call.request(),
                    new CallOptions(
                            options.receiveProgress(),
                            options.progress(),
                            options.timeout(),
                            true,
                            options.ppt(),
                            options.trace()),
                    call.procedure(),
                    call.payload());
        }
        return message;
    }

    /** The options that an authorizer is told. */
    static Map<String, Object> options(WampMessage message) {
        if (message instanceof Publish publish) {
            PublishOptions options = publish.options();
            return Map.of(
                    "acknowledge", options.acknowledge(),
                    "disclose_me", options.discloseMe(),
                    "retain", options.retain());
        }
        if (message instanceof Call call) {
            return Map.of(
                    "disclose_me",
                    call.options().discloseMe(),
                    "receive_progress",
                    call.options().receiveProgress());
        }
        if (message instanceof Subscribe subscribe) {
            return Map.of("match", subscribe.options().match().text());
        }
        if (message instanceof Register register) {
            return Map.of(
                    "match", register.options().match().text(),
                    "invoke", register.options().invoke().text());
        }
        return Map.of();
    }
}
