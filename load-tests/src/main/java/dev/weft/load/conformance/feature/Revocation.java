package dev.weft.load.conformance.feature;

import static dev.weft.load.conformance.feature.Expect.only;
import static dev.weft.load.conformance.feature.Expect.same;

import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Code;
import dev.weft.load.conformance.wire.Message;
import dev.weft.load.conformance.wire.Unmet;
import java.util.List;
import java.util.Map;

/**
 * Registrations or subscriptions that are taken from who holds them. What makes a router do that is in the catalogue of the
 * specification only: the procedures by which a client asks for it.
 */
abstract class Revocation implements Feature {
    private static final String REASON = "com.example.reason";

    private final String kind;
    private final String procedure;
    private final Code told;

    /**
     * @param kind {@code registration} or {@code subscription}
     * @param told what who holds it is sent
     */
    Revocation(String kind, String procedure, Code told) {
        this.kind = kind;
        this.procedure = procedure;
        this.told = told;
    }

    /** Takes one; returns its id. */
    abstract long take(Client client, String uri) throws Unmet;

    /** That the client who had it does not have it any more. */
    abstract void isLost(Stage stage, Client client, long id) throws Unmet;

    @Override
    public String name() {
        return kind + " revocation";
    }

    @Override
    public List<Check> checks() {
        return List.of(new Check("who holds it is told, with the reason, and has it no more", this::revoked));
    }

    private void revoked(Stage stage) throws Unmet {
        Client holder = stage.asked();
        Client asking = stage.asking();
        long id = take(holder, stage.uri("revoked"));
        asking.result(procedure, id, holder.session(), REASON);
        Message message = holder.take(told);
        same(0L, message.number(1), "request");
        same(id, message.dict(2).get(kind), "Details." + kind);
        same(REASON, message.dict(2).get("reason"), "Details.reason");
        isLost(stage, holder, id);
    }

    /** Of a callee. */
    static final class OfRegistrations extends Revocation {
        OfRegistrations() {
            super("registration", "wamp.registration.remove_callee", Code.UNREGISTERED);
        }

        @Override
        public Announcement announcement() {
            return new Announcement("dealer", "registration_revocation");
        }

        @Override
        long take(Client client, String uri) throws Unmet {
            return client.register(uri);
        }

        @Override
        void isLost(Stage stage, Client client, long id) throws Unmet {
            Client caller = stage.asking();
            caller.call(stage.uri("revoked"), Map.of());
            caller.takeError(Code.CALL, "wamp.error.no_such_procedure");
        }
    }

    /** Of a subscriber. */
    static final class OfSubscriptions extends Revocation {
        OfSubscriptions() {
            super("subscription", "wamp.subscription.remove_subscriber", Code.UNSUBSCRIBED);
        }

        @Override
        public Announcement announcement() {
            return new Announcement("broker", "subscription_revocation");
        }

        @Override
        long take(Client client, String uri) throws Unmet {
            return client.subscribe(uri);
        }

        @Override
        void isLost(Stage stage, Client client, long id) throws Unmet {
            long kept = client.subscribe(stage.uri("kept"));
            Client publisher = stage.asking();
            publisher.publish(stage.uri("revoked"), Map.of(), "lost");
            publisher.publish(stage.uri("kept"), Map.of(), "kept");
            same("kept", only(client.event(kept).args()), "event");
        }
    }
}
