package dev.weft.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.authorization.Action;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RolePermissions;
import dev.weft.session.Disclosure;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.SessionLimits;
import dev.weft.session.Standing;
import dev.weft.testkit.SimulatedClient;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Caller and publisher identification and trust levels, on two nodes of two event loops. */
class DisclosureTest {
    private static final String DISALLOWED = "wamp.error.option_disallowed.disclose_me";
    private static final CallOptions DISCLOSED_CALL = new CallOptions(false, false, 0, true, null);
    private static final PublishOptions DISCLOSED = new PublishOptions(true, true, true, false, null, null);
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);
    private static final RegisterOptions CURIOUS =
            new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, true, false);

    private SimulatedCluster cluster = cluster(RealmDisclosure.PLAIN);

    private static SimulatedCluster cluster(DisclosurePolicy policy) {
        return new SimulatedCluster(new Random(7), 2, SessionLimits.DEFAULT, policy);
    }

    private SimulatedClient join(int node, int loop, SerializerId serializer) {
        return new SimulatedClient(cluster, node, loop, serializer, Map.of());
    }

    private Identity identity(InvocationDetails details) {
        assertThat(details.caller()).isNotNull();
        assertThat(details.caller().authrole()).isEqualTo("anonymous");
        assertThat(details.caller().authid()).startsWith("anonymous-");
        return details.caller();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, JSON",
        "0, 1, MSGPACK",
        "1, 0, CBOR",
        "1, 1, JSON",
    })
    void aCallerThatAsksForItIsDisclosedAndOthersAreNot(int node, int loop, SerializerId serializer) {
        SimulatedClient caller = join(0, 0, SerializerId.JSON);
        SimulatedClient callee = join(node, loop, serializer);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        caller.calls("p.q", CallOptions.DEFAULT);
        assertThat(callee.take(Invocation.class).details()).isEqualTo(InvocationDetails.DEFAULT);
        caller.calls("p.q", DISCLOSED_CALL);
        Identity first = identity(callee.take(Invocation.class).details());
        caller.calls("p.q", DISCLOSED_CALL);
        assertThat(identity(callee.take(Invocation.class).details())).isEqualTo(first);
    }

    @Test
    void ofSharedCalleesThoseThatAskForItAreToldWhoCalls() {
        SimulatedClient caller = join(0, 0, SerializerId.JSON);
        SimulatedClient curious = join(1, 0, SerializerId.CBOR);
        SimulatedClient other = join(1, 1, SerializerId.CBOR);
        curious.registers("p.q", new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, true, false));
        other.registers("p.q", new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, false, false));
        caller.calls("p.q", CallOptions.DEFAULT);
        caller.calls("p.q", CallOptions.DEFAULT);
        identity(curious.take(Invocation.class).details());
        assertThat(other.take(Invocation.class).details().caller()).isNull();
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void aPublisherThatAsksForItIsDisclosedToEverySubscriber(SerializerId serializer) {
        SimulatedClient publisher = join(0, 0, SerializerId.MSGPACK);
        SimulatedClient near = join(0, 1, serializer);
        SimulatedClient far = join(1, 0, serializer);
        SimulatedClient further = join(1, 0, serializer);
        for (SimulatedClient subscriber : new SimulatedClient[] {near, far, further}) {
            subscriber.says(new Subscribe(subscriber.next(), SubscribeOptions.DEFAULT, "t"));
            subscriber.take(Subscribed.class);
        }
        publisher.says(new Publish(publisher.next(), ACKNOWLEDGED, "t", publisher.payload(1L)));
        publisher.says(new Publish(publisher.next(), DISCLOSED, "t", publisher.payload(2L)));
        publisher.take(Published.class);
        publisher.take(Published.class);
        for (SimulatedClient subscriber : new SimulatedClient[] {near, far, further}) {
            assertThat(subscriber.take(Event.class).details()).isEqualTo(EventDetails.DEFAULT);
            Identity told = subscriber.take(Event.class).details().publisher();
            assertThat(told).isNotNull();
            assertThat(told.authid()).startsWith("anonymous-");
            assertThat(told.authrole()).isEqualTo("anonymous");
        }
    }

    @Test
    void whereItIsRefusedWhoAsksGetsAnErrorAndNothingIsForwarded() {
        cluster = cluster(new RealmDisclosure(Disclosure.REFUSE, Map.of()));
        SimulatedClient client = join(0, 0, SerializerId.JSON);
        SimulatedClient other = join(1, 0, SerializerId.JSON);
        other.says(new Register(other.next(), CURIOUS, "p.q"));
        assertThat(other.takeError()).isEqualTo(DISALLOWED);
        other.registers("p.q", RegisterOptions.DEFAULT);
        other.says(new Subscribe(other.next(), SubscribeOptions.DEFAULT, "t"));
        other.take(Subscribed.class);

        client.calls("p.q", DISCLOSED_CALL);
        assertThat(client.takeError()).isEqualTo(DISALLOWED);
        client.says(new Publish(client.next(), DISCLOSED, "t", client.payload()));
        assertThat(client.takeError()).isEqualTo(DISALLOWED);
        client.says(new Publish(
                client.next(), new PublishOptions(false, true, true, false, null, null), "t", client.payload()));
        client.gotNothing();
        other.gotNothing();
        assertThat(client.connection().isClosed()).isFalse();
    }

    @Test
    void whereItIsAlwaysSoNobodyHasToAsk() {
        cluster = cluster(new RealmDisclosure(Disclosure.ALWAYS, Map.of()));
        SimulatedClient client = join(0, 0, SerializerId.JSON);
        SimulatedClient other = join(1, 0, SerializerId.MSGPACK);
        other.registers("p.q", RegisterOptions.DEFAULT);
        other.says(new Subscribe(other.next(), SubscribeOptions.DEFAULT, "t"));
        other.take(Subscribed.class);
        client.calls("p.q", CallOptions.DEFAULT);
        Identity caller = identity(other.take(Invocation.class).details());
        client.says(new Publish(client.next(), PublishOptions.DEFAULT, "t", client.payload()));
        assertThat(other.take(Event.class).details().publisher()).isEqualTo(caller);
    }

    @Test
    void thePermissionThatAllowsACallDecidesWhetherTheCallerIsDisclosed() {
        Set<Action> all = Set.of(Action.values());
        Permission open = Permission.of(new UriPattern(MatchPolicy.PREFIX, "a."), all);
        Permission secret = Permission.of(new UriPattern(MatchPolicy.PREFIX, "a.b."), all);
        Permission crossing = Permission.of(new UriPattern(MatchPolicy.WILDCARD, "a..c"), all);
        Permission rest = Permission.of(new UriPattern(MatchPolicy.PREFIX, ""), all);
        RealmDisclosure byUri = new RealmDisclosure(Disclosure.REFUSE, Map.of("guest", 4))
                .with(
                        "guest",
                        new RolePermissions(List.of(open, secret, crossing, rest)),
                        Map.of(open, Disclosure.ALWAYS, secret, Disclosure.ALLOW, crossing, Disclosure.ALWAYS));
        Identity guest = new Identity(1, "g", "guest");
        for (int i = 0; i < 2; i++) {
            assertThat(byUri.ofCaller(guest, "a.x")).isEqualTo(new Standing(Disclosure.ALWAYS, 4));
            assertThat(byUri.ofPublisher(guest, "a.b.x")).isEqualTo(new Standing(Disclosure.ALLOW, 4));
            // The prefix and the wildcard both decide: the least of what they say.
            assertThat(byUri.ofCaller(guest, "a.b.c")).isEqualTo(new Standing(Disclosure.ALLOW, 4));
            assertThat(byUri.ofPublisher(guest, "z")).isEqualTo(new Standing(Disclosure.REFUSE, 4));
            assertThat(byUri.ofCaller(new Identity(2, "u", "user"), "a.x"))
                    .isEqualTo(new Standing(Disclosure.REFUSE, -1));
        }
        assertThat(byUri.discloses()).isTrue();
        assertThat(byUri.mayAskForCallers(guest, "a.x")).isTrue();
    }

    @Test
    void callsAndPublicationsCarryTheTrustLevelOfTheRole() {
        cluster = cluster(new RealmDisclosure(Disclosure.ALLOW, Map.of("anonymous", 3, "other", 9)));
        SimulatedClient client = join(0, 0, SerializerId.JSON);
        SimulatedClient other = join(1, 0, SerializerId.CBOR);
        other.registers("p.q", RegisterOptions.DEFAULT);
        other.says(new Subscribe(other.next(), new SubscribeOptions(MatchPolicy.PREFIX, false), "t"));
        other.take(Subscribed.class);
        client.calls("p.q", CallOptions.DEFAULT);
        assertThat(other.take(Invocation.class).details().trustlevel()).isEqualTo(3);
        client.says(new Publish(client.next(), PublishOptions.DEFAULT, "t.u", client.payload()));
        EventDetails details = other.take(Event.class).details();
        assertThat(details.trustlevel()).isEqualTo(3);
        assertThat(details.topic()).isEqualTo("t.u");
        assertThat(details.publisher()).isNull();
    }

    /** Decides by the URI. */
    private static final DisclosurePolicy BY_URI = new DisclosurePolicy() {
        @Override
        public Standing ofCaller(Identity caller, String procedure) {
            return new Standing(procedure.startsWith("secret") ? Disclosure.REFUSE : Disclosure.ALLOW, 0);
        }

        @Override
        public Standing ofPublisher(Identity publisher, String topic) {
            return ofCaller(publisher, topic);
        }

        @Override
        public boolean mayAskForCallers(Identity callee, String procedure) {
            return true;
        }

        @Override
        public boolean discloses() {
            return true;
        }

        @Override
        public boolean assignsTrustLevels() {
            return true;
        }
    };

    @Test
    void aPolicyMayDecideByUriAndACalleeGetsNoMoreThanTheCallersStandingAllows() {
        cluster = cluster(BY_URI);
        SimulatedClient caller = join(0, 0, SerializerId.JSON);
        SimulatedClient callee = join(1, 0, SerializerId.JSON);
        callee.says(new Register(callee.next(), CURIOUS, "secret.p"));
        callee.take(Registered.class);
        callee.registers("open.p", CURIOUS);
        caller.calls("secret.p", CallOptions.DEFAULT);
        InvocationDetails secret = callee.take(Invocation.class).details();
        assertThat(secret.caller()).isNull();
        assertThat(secret.trustlevel()).isZero();
        caller.calls("open.p", CallOptions.DEFAULT);
        identity(callee.take(Invocation.class).details());
        caller.calls("secret.p", DISCLOSED_CALL);
        assertThat(caller.takeError()).isEqualTo(DISALLOWED);
    }
}
