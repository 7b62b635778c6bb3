package dev.weft.transport.http;

import dev.weft.link.RoutedPoll.Action;
import dev.weft.link.RoutedPollAnswer;
import dev.weft.transport.BearerToken;
import dev.weft.transport.ConnectionLimits;
import dev.weft.transport.Subprotocol;
import dev.weft.wamp.SerializerId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request below the path of the long-poll transports. Belongs to the event loop of its HTTP connection. */
final class LongPollRouting {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final long LOOK_MILLIS = 2;

    /** Longest framing that a batch has around its only message. */
    private static final int FRAMING = Integer.BYTES;

    private final HttpListener listener;
    private final LongPollOptions options;
    private final HttpLoop loop;
    private final HttpServerRequest request;
    private final HttpAnswer answer;

    LongPollRouting(
            HttpListener listener,
            LongPollOptions options,
            HttpLoop loop,
            HttpServerRequest request,
            HttpAnswer answer) {
        this.listener = listener;
        this.options = options;
        this.loop = loop;
        this.request = request;
        this.answer = answer;
    }

    void handle(PollPath path, HttpPeer peer) {
        ConnectionLimits limits = listener.limits();
        new BodyReader(
                        request,
                        loop,
                        path.action() == null ? limits.maxHelloSize() : limits.maxMessageSize() + FRAMING,
                        limits.handshakeTimeout().toMillis(),
                        answer::failedForGood)
                .read(body -> {
                    Action action = path.action();
                    if (action == null) {
                        open(body, peer);
                    } else {
                        ask(path.transport(), action, body);
                    }
                });
    }

    private void open(byte[] body, HttpPeer peer) {
        Map<?, ?> document = loop.json().read(body);
        if (document == null || !(document.get("protocols") instanceof List<?> offered)) {
            answer.failed(Failure.badRequest("the body is no dict in JSON with a list of protocols"));
            return;
        }
        Subprotocol spoken =
                listener.polled().choose(offered.stream().map(String::valueOf).toList());
        if (spoken == null) {
            answer.failed(Failure.badRequest("none of these protocols is spoken here; spoken are "
                    + listener.polled().names()));
            return;
        }
        if (!listener.pollsBegin()) {
            answer.failed(Failure.http(UNAVAILABLE, "this listener has all the transports it may have"));
            return;
        }
        LongPollConnection opened = new LongPollConnection(
                listener, options, loop, peer, BearerToken.of(request.getHeader("Authorization")), spoken);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("protocol", spoken.label());
        told.put("transport", loop.polls().open(opened).text());
        answer.ok(told);
    }

    private void ask(String name, Action action, byte[] body) {
        TransportId transport = TransportId.parse(name);
        if (transport == null) {
            answer.failed(Failure.http(NOT_FOUND, "this is no name of a transport"));
        } else if (action == Action.SEND) {
            send(transport, body);
        } else if (action == Action.CLOSE) {
            loop.polls().ask(loop.polls().nextRequest(), transport, action, new byte[0], this::done);
        } else {
            receive(transport);
        }
    }

    /** What is on its way to the owner is bounded: a client that sends faster waits. */
    private void send(TransportId transport, byte[] body) {
        if (loop.polls().isCongested(transport)) {
            loop.lane().schedule(LOOK_MILLIS, () -> send(transport, body));
        } else {
            loop.polls().ask(loop.polls().nextRequest(), transport, Action.SEND, body, this::done);
        }
    }

    private void done(RoutedPollAnswer told) {
        if (told.status() != 0) {
            answer.failed(Failure.http(told.status(), told.words()));
        } else {
            answer.empty(options.successStatus());
        }
    }

    private void receive(TransportId transport) {
        LongPolls polls = loop.polls();
        long asked = polls.nextRequest();
        request.response().closeHandler(gone -> polls.abandon(asked));
        polls.ask(asked, transport, Action.RECEIVE, new byte[0], told -> received(transport, told));
    }

    private void received(TransportId transport, RoutedPollAnswer told) {
        SerializerId serializer = told.serializer();
        if (serializer == null && told.status() == 0) {
            answer.empty(NO_CONTENT);
        } else if (serializer == null) {
            answer.failed(Failure.http(told.status(), told.words()));
        } else {
            write(serializer, told.messages(), transport, told.request());
        }
    }

    private void write(SerializerId serializer, byte[] messages, TransportId transport, long asked) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            loop.polls().written(transport, asked, false);
            return;
        }
        response.setStatusCode(OK)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", contentType(serializer))
                .end(Buffer.buffer(messages))
                .onComplete(written -> loop.polls().written(transport, asked, written.succeeded()));
    }

    private static String contentType(SerializerId serializer) {
        return switch (serializer) {
            case JSON -> "application/json; charset=utf-8";
            case MSGPACK -> "application/x-msgpack";
            case CBOR -> "application/cbor";
            case UBJSON -> "application/ubjson";
        };
    }
}
