package dev.weft.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.testkit.UntoldSessions;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ConnectionListener;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SessionStateChartTest {
    private static final Map<String, Object> ROLES = Map.of("roles", Map.of("publisher", Map.of()));
    private static final Hello HELLO = new Hello(SimulatedCluster.REALM, ROLES);

    private static final ConnectionListener NOBODY = new ConnectionListener() {
        @Override
        public void message(WampMessage message) {}

        @Override
        public void violation(ProtocolViolation violation) {}

        @Override
        public void closed(CloseReason reason) {}
    };

    private SimulatedCluster cluster;
    private RecordingConnection client;

    @BeforeEach
    void connect() {
        cluster = new SimulatedCluster(new Random(1), 1, SessionLimits.DEFAULT);
        client = cluster.connect(0, 0, SerializerId.JSON);
    }

    private void says(WampMessage message) {
        cluster.on(client, () -> client.says(message));
    }

    private <T extends WampMessage> T only(Class<T> type) {
        assertThat(client.received()).hasSize(1).first().isInstanceOf(type);
        return type.cast(client.received().remove(0));
    }

    private void isAborted(String uri, String words, CloseReason reason) {
        Abort abort = only(Abort.class);
        assertThat(abort.reason()).isEqualTo(uri);
        assertThat((String) abort.details().get("message")).contains(words);
        assertThat(client.closed()).isEqualTo(reason);
    }

    private void isViolated(String words) {
        isAborted("wamp.error.protocol_violation", words, CloseReason.PROTOCOL_VIOLATION);
    }

    @Test
    void helloIsAnsweredWithWelcomeThatTellsWhoTheClientIsAndWhatTheRouterDoes() {
        says(HELLO);
        Welcome welcome = only(Welcome.class);
        assertThat(WampId.isValid(welcome.session())).isTrue();
        assertThat(welcome.details())
                .containsEntry("realm", "realm1")
                .containsEntry("authrole", "anonymous")
                .containsEntry("authmethod", "anonymous")
                .containsKeys("authid", "agent");
        assertThat((Map<?, ?>) welcome.details().get("roles")).hasSize(2);
    }

    @Test
    void aRealmThatDoesNotExistIsRefused() {
        says(new Hello("nowhere", ROLES));
        isAborted("wamp.error.no_such_realm", "nowhere", CloseReason.NO_SUCH_REALM);
    }

    @Test
    void aRealmThatIsNoUriIsRefused() {
        says(new Hello("not a realm", ROLES));
        isAborted("wamp.error.invalid_uri", "realm", CloseReason.NO_SUCH_REALM);
    }

    @Test
    void helloWithoutRolesIsAViolation() {
        says(new Hello(SimulatedCluster.REALM, Map.of()));
        isViolated("roles");
    }

    @Test
    void aClientThatOffersOnlyMethodsTheRealmDoesNotTakeIsRefused() {
        says(new Hello(
                SimulatedCluster.REALM, Map.of("roles", Map.of("caller", Map.of()), "authmethods", List.of("ticket"))));
        isAborted("wamp.error.no_matching_auth_method", "anonymous", CloseReason.AUTHENTICATION_REFUSED);
    }

    @Test
    void aSecondHelloIsAViolation() {
        says(HELLO);
        only(Welcome.class);
        says(HELLO);
        isViolated("HELLO");
    }

    @Test
    void goodbyeIsAnsweredAndAnotherSessionMayFollowOnTheSameConnection() {
        says(HELLO);
        long first = only(Welcome.class).session();
        says(new Goodbye(Map.of(), "wamp.close.close_realm"));
        assertThat(only(Goodbye.class).reason()).isEqualTo("wamp.close.goodbye_and_out");
        assertThat(client.isClosed()).isFalse();
        says(HELLO);
        assertThat(only(Welcome.class).session()).isNotEqualTo(first);
        says(new Publish(1, new PublishOptions(true, true, false, false, null, null), "a.b", Payload.EMPTY));
        assertThat(only(Published.class).request()).isEqualTo(1);
    }

    @Test
    void whoDoesNotSayHelloInTimeIsClosed() {
        cluster.advance(SessionLimits.DEFAULT.helloMillis() + 1);
        cluster.settle();
        assertThat(client.closed()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
    }

    @Test
    void theLogSaysWhyAConnectionWasClosedThatHadNoSession() {
        Logger logger = (Logger) LoggerFactory.getLogger(SessionProtocol.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        try {
            whoDoesNotSayHelloInTimeIsClosed();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement(STRING)
                    .endsWith("closed without a session: handshake-timeout");

            connect();
            aClientThatDoesNotAnswerTheRoutersGoodbyeIsClosedInTime();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains("without a session"))
                    .hasSize(1);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
    }

    @Test
    void whoSaidHelloIsNotClosedByTheTimeout() {
        says(HELLO);
        cluster.advance(SessionLimits.DEFAULT.helloMillis() + 1);
        cluster.settle();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void abortOfTheClientClosesTheConnectionWithoutAnAnswer() {
        says(HELLO);
        only(Welcome.class);
        says(new Abort(Map.of(), "wamp.error.whatever", Payload.EMPTY));
        assertThat(client.received()).isEmpty();
        assertThat(client.closed()).isEqualTo(CloseReason.CLIENT_ABORT);
    }

    static Stream<WampMessage> notFirst() {
        return Stream.of(
                new Goodbye(Map.of(), "wamp.close.close_realm"),
                new Authenticate("", Map.of()),
                new Publish(1, PublishOptions.DEFAULT, "a.b", Payload.EMPTY),
                new Subscribe(1, SubscribeOptions.DEFAULT, "a.b"),
                new Unsubscribe(1, 1),
                new Yield(1, YieldOptions.DEFAULT, Payload.EMPTY),
                new Welcome(1, Map.of()),
                new Challenge("ticket", Map.of()),
                new Subscribed(1, 1),
                new ErrorMessage(MessageType.CALL, 1, ErrorDetails.DEFAULT, "a.b", Payload.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("notFirst")
    void whateverComesBeforeHelloIsAViolation(WampMessage message) {
        says(message);
        isViolated(message.type() + " before");
    }

    static Stream<WampMessage> routersOnly() {
        return Stream.of(
                new Welcome(1, Map.of()),
                new Challenge("ticket", Map.of()),
                new Published(1, 1),
                new Subscribed(1, 1),
                new Unsubscribed(1, null),
                new Event(1, 1, EventDetails.DEFAULT, Payload.EMPTY),
                new Result(1, ResultDetails.DEFAULT, Payload.EMPTY),
                new Registered(1, 1),
                new Unregistered(1, null),
                new Invocation(1, 1, InvocationDetails.DEFAULT, Payload.EMPTY),
                new Authenticate("", Map.of()),
                new ErrorMessage(MessageType.CALL, 1, ErrorDetails.DEFAULT, "a.b", Payload.EMPTY),
                new Yield(17, YieldOptions.DEFAULT, Payload.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("routersOnly")
    void whatIsNotForAClientToSendIsAViolationThatNamesTheMessage(WampMessage message) {
        says(HELLO);
        only(Welcome.class);
        says(message);
        isViolated(message.type().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {0x10, 3, WampId.MAX})
    void aRequestIdOutOfSequenceIsAViolation(long request) {
        says(HELLO);
        only(Welcome.class);
        says(new Subscribe(1, SubscribeOptions.DEFAULT, "a.b"));
        cluster.settle();
        only(Subscribed.class);
        says(new Subscribe(request, SubscribeOptions.DEFAULT, "a.c"));
        isViolated("request id " + request + " where 2 comes next");
    }

    @Test
    void afterTheRoutersGoodbyeAllButGoodbyeIsIgnored() {
        SessionProtocol protocol = protocolOf(client);
        says(HELLO);
        only(Welcome.class);
        cluster.on(client, () -> protocol.goodbye("wamp.close.system_shutdown", null, CloseReason.NODE_SHUTDOWN));
        assertThat(only(Goodbye.class).reason()).isEqualTo("wamp.close.system_shutdown");
        says(new Publish(1, new PublishOptions(true, true, false, false, null, null), "a.b", Payload.EMPTY));
        says(HELLO);
        assertThat(client.received()).isEmpty();
        says(new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
        assertThat(client.received()).isEmpty();
        assertThat(client.closed()).isEqualTo(CloseReason.NODE_SHUTDOWN);
    }

    @Test
    void aClientThatDoesNotAnswerTheRoutersGoodbyeIsClosedInTime() {
        SessionProtocol protocol = protocolOf(client);
        says(HELLO);
        cluster.on(client, () -> protocol.goodbye("wamp.close.system_shutdown", null, CloseReason.NODE_SHUTDOWN));
        cluster.advance(SessionLimits.DEFAULT.goodbyeMillis() + 1);
        cluster.settle();
        assertThat(client.closed()).isEqualTo(CloseReason.GOODBYE_TIMEOUT);
    }

    private static SessionProtocol protocolOf(RecordingConnection connection) {
        return (SessionProtocol) connection.listener();
    }

    @Test
    void aConnectionThatComesWhileTheNodeStopsIsClosedAtOnce() {
        LoopSessions sessions = new LoopSessions(
                uri -> null,
                new SessionHandshake(new GlobalIds(), "test"),
                new UntoldSessions(),
                SessionLimits.DEFAULT);
        sessions.drain(new DrainPlan(Duration.ZERO, Duration.ZERO, false), client.lane(), () -> {});
        RecordingConnection late = new RecordingConnection(client.lane(), SerializerId.JSON);
        late.listener(NOBODY);
        sessions.accept(late);
        assertThat(late.closed()).isEqualTo(CloseReason.NODE_SHUTDOWN);
    }
}
