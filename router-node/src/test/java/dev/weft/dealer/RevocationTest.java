package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.Revocation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client notices when the cluster takes back what it was granted; {@link SimulatedCluster}. */
class RevocationTest {
    private static final Map<String, Object> UNDERSTOOD =
            Map.of("registration_revocation", true, "subscription_revocation", true);

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(7), 2, SessionLimits.DEFAULT);

    private void says(RecordingConnection client, WampMessage message) {
        cluster.on(client, () -> client.says(message));
        cluster.settle();
    }

    private <T extends WampMessage> T take(RecordingConnection client, Class<T> type) {
        assertThat(client.received()).isNotEmpty().first().isInstanceOf(type);
        return type.cast(client.received().remove(0));
    }

    private void revoke(int node) {
        cluster.revoke(node, true);
        cluster.settle();
    }

    @Test
    void aCalleeIsToldWhichRegistrationItLostAndWhyAndFinishesItsCalls() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 1, SerializerId.CBOR, UNDERSTOOD);
        says(callee, new Register(1, RegisterOptions.DEFAULT, "p.q"));
        long registration = take(callee, Registered.class).registration();
        says(caller, new Call(1, CallOptions.DEFAULT, "p.q", Payload.EMPTY));

        revoke(1);

        long invocation = take(callee, Invocation.class).request();
        assertThat(take(callee, Unregistered.class))
                .isEqualTo(new Unregistered(0, new Revocation(registration, SimulatedCluster.REVOKED)));
        says(caller, new Call(2, CallOptions.DEFAULT, "p.q", Payload.EMPTY));
        assertThat(take(caller, ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_procedure");
        says(callee, new Yield(invocation, YieldOptions.DEFAULT, Payload.EMPTY));
        assertThat(take(caller, Result.class).request()).isEqualTo(1);
        assertThat(callee.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRegistrationThatWasRevokedIsHeldNoMoreWhetherTheClientUnderstandsThatOrNot(boolean understands) {
        RecordingConnection callee = cluster.join(1, 1, SerializerId.JSON, understands ? UNDERSTOOD : Map.of());
        says(callee, new Register(1, RegisterOptions.DEFAULT, "p.q"));
        long registration = take(callee, Registered.class).registration();

        revoke(1);

        assertThat(callee.received()).hasSize(understands ? 1 : 0);
        callee.received().clear();
        says(callee, new Unregister(2, registration));
        assertThat(take(callee, ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_registration");
        says(callee, new Register(3, RegisterOptions.DEFAULT, "p.q"));
        take(callee, Registered.class);
    }

    @Test
    void aCalleeThatUnregistersMeanwhileIsAnsweredOnce() {
        RecordingConnection callee = cluster.join(1, 1, SerializerId.JSON, UNDERSTOOD);
        says(callee, new Register(1, RegisterOptions.DEFAULT, "p.q"));
        long registration = take(callee, Registered.class).registration();

        cluster.revoke(1, true);
        cluster.on(callee, () -> callee.says(new Unregister(2, registration)));
        cluster.settle();

        assertThat(callee.received()).hasSize(1).first().isEqualTo(new Unregistered(2, null));
    }

    @Test
    void aSubscriberIsToldWhichSubscriptionItLostAndWhyOrIsClosedIfItWouldNotUnderstand() {
        RecordingConnection told = cluster.join(1, 1, SerializerId.JSON, UNDERSTOOD);
        RecordingConnection closed = cluster.join(1, 1, SerializerId.JSON);
        says(told, new Subscribe(1, SubscribeOptions.DEFAULT, "a.b"));
        long subscription = take(told, Subscribed.class).subscription();
        says(closed, new Subscribe(1, SubscribeOptions.DEFAULT, "a.b"));
        take(closed, Subscribed.class);

        revoke(1);

        assertThat(take(told, Unsubscribed.class))
                .isEqualTo(new Unsubscribed(0, new Revocation(subscription, SimulatedCluster.REVOKED)));
        assertThat(take(closed, Abort.class).reason()).isEqualTo("wamp.error.unavailable");
        assertThat(closed.closed()).isEqualTo(CloseReason.REVOKED);
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        says(publisher, new Publish(1, PublishOptions.DEFAULT, "a.b", Payload.EMPTY));
        assertThat(told.received()).isEmpty();
        says(told, new Subscribe(2, SubscribeOptions.DEFAULT, "a.b"));
        take(told, Subscribed.class);
        says(publisher, new Publish(2, PublishOptions.DEFAULT, "a.b", Payload.EMPTY));
        take(told, Event.class);
    }
}
