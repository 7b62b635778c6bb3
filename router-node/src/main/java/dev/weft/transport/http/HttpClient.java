package dev.weft.transport.http;

import dev.weft.transport.CloseReason;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Published;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection. Its requests come one at a time. The session that a request was made with is kept for the next one of
 * the same realm by the same client, and ends with the connection. Belongs to its event loop.
 */
final class HttpClient {
    private static final int ACCEPTED = 202;
    private static final String TIMEOUT = "timeout";

    private final HttpListener listener;
    private final HttpLoop loop;
    private final RequestDeadline deadline;
    private @Nullable HttpSession session;
    private @Nullable HttpSession subscriber;

    HttpClient(HttpListener listener, HttpLoop loop, RequestDeadline deadline) {
        this.listener = listener;
        this.loop = loop;
        this.deadline = deadline;
    }

    RequestDeadline deadline() {
        return deadline;
    }

    /** The connection is gone, or about to be. */
    void end(CloseReason reason) {
        deadline.end();
        for (HttpSession each : new @Nullable HttpSession[] {session, subscriber}) {
            if (each != null) {
                each.end(reason);
            }
        }
        session = null;
        subscriber = null;
    }

    void publish(Map<?, ?> body, Credentials credentials, HttpPeer peer, HttpAnswer answer) {
        BridgeRequest request = BridgeRequest.of(body, "topic");
        if (request.fault() != null) {
            answer.failed(Failure.badRequest(request.fault()));
            return;
        }
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        options.putIfAbsent("acknowledge", true);
        boolean acknowledged = Boolean.TRUE.equals(options.get("acknowledge"));
        List<?> elements = List.of(options, request.uri(), request.args(), request.kwargs());
        in(
                request.realm(),
                credentials,
                peer,
                answer,
                open -> open.request(MessageType.PUBLISH.code(), elements, acknowledged, new Reply(answer, open) {
                    @Override
                    void reply(WampMessage message) {
                        open.whenTaken(() -> {
                            if (message instanceof Published published) {
                                answer.ok(Map.of("publication", published.publication()));
                            } else {
                                answer.empty(ACCEPTED);
                            }
                        });
                    }
                }));
    }

    void call(Map<?, ?> body, Credentials credentials, HttpPeer peer, HttpAnswer answer) {
        BridgeRequest request = BridgeRequest.of(body, "procedure");
        if (request.fault() != null) {
            answer.failed(Failure.badRequest(request.fault()));
            return;
        }
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        long longest = listener.options().callTimeout().toMillis();
        options.merge(
                TIMEOUT,
                longest,
                (own, most) -> own instanceof Long millis && (millis <= 0 || millis > longest) ? most : own);
        List<?> elements = List.of(options, request.uri(), request.args(), request.kwargs());
        in(
                request.realm(),
                credentials,
                peer,
                answer,
                open -> open.request(MessageType.CALL.code(), elements, true, new Reply(answer, open) {
                    @Override
                    void reply(WampMessage message) {
                        Map<String, Object> result = loop.json().payload(message);
                        open.whenTaken(() -> answer.ok(result));
                    }
                }));
    }

    /** @param options of the SUBSCRIBE */
    void subscribe(
            HttpServerRequest request,
            String realm,
            String topic,
            Map<String, ?> options,
            Credentials credentials,
            HttpPeer peer) {
        HttpAnswer answer = new HttpAnswer(request, loop.json());
        EventStream stream = new EventStream(
                request.response(),
                loop,
                listener.options().heartbeatInterval(),
                listener.options().listener().limits().maxOutboundBytes(),
                () -> {
                    end(CloseReason.SLOW_CONSUMER);
                    request.connection().close();
                });
        HttpSession opened = new HttpSession(listener.nextId(), peer, loop, realm, credentials, stream);
        subscriber = opened;
        request.response().closeHandler(gone -> stream.stop());
        opened.join(loop.acceptor(), new Reply(answer, opened) {
            @Override
            void reply(WampMessage welcome) {
                opened.request(MessageType.SUBSCRIBE.code(), List.of(options, topic), true, new Reply(answer, opened) {
                    @Override
                    void reply(WampMessage message) {
                        stream.begin(((Subscribed) message).subscription());
                    }

                    @Override
                    public void failed(Failure failure) {
                        super.failed(failure);
                        loop.later(() -> opened.end(CloseReason.CLIENT_GOODBYE));
                    }
                });
            }
        });
    }

    /** Runs {@code request} in a session of the realm. */
    private void in(
            String realm, Credentials credentials, HttpPeer peer, HttpAnswer answer, Consumer<HttpSession> request) {
        HttpSession kept = session;
        if (kept != null && kept.isFor(realm, credentials, peer)) {
            request.accept(kept);
            return;
        }
        if (kept != null) {
            kept.end(CloseReason.CLIENT_GOODBYE);
        }
        HttpSession opened = new HttpSession(listener.nextId(), peer, loop, realm, credentials, null);
        session = opened;
        opened.join(loop.acceptor(), new Reply(answer, opened) {
            @Override
            void reply(WampMessage welcome) {
                request.accept(opened);
            }
        });
    }

    /** Answers the client when the router has answered; one that sends too fast waits for its answer. */
    private abstract static class Reply implements HttpSession.Answer {
        private final HttpAnswer answer;
        private final HttpSession asked;

        Reply(HttpAnswer answer, HttpSession asked) {
            this.answer = answer;
            this.asked = asked;
        }

        /** Called while what the message carries is valid. */
        abstract void reply(WampMessage message);

        @Override
        public void succeeded(WampMessage message) {
            reply(message);
        }

        @Override
        public void failed(Failure failure) {
            asked.whenTaken(() -> answer.failed(failure));
        }
    }
}
