package dev.weft.meta;

import dev.weft.broker.LocalPublisher;
import dev.weft.broker.LocalPublisher.Publication;
import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.Registration;
import dev.weft.dealer.RegistrationObserver;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Identity;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.List;
import java.util.function.Supplier;

/**
 * The meta events of one realm, for the subscribers on this node. They are not routed: each node derives them from the
 * changes of its own mirror, so that each subscriber in the cluster gets each of them once, also those that tell of the
 * sessions of a node that died. Whoever changes the mirror calls while holding the lock under which it is changed, so
 * that events come in the order of the changes.
 */
public final class MetaEvents implements RegistrationObserver {
    private static final String ON_JOIN = "wamp.session.on_join";
    private static final String ON_LEAVE = "wamp.session.on_leave";
    private static final String ON_CREATE = "wamp.registration.on_create";
    private static final String ON_REGISTER = "wamp.registration.on_register";
    private static final String ON_UNREGISTER = "wamp.registration.on_unregister";
    private static final String ON_DELETE = "wamp.registration.on_delete";

    private final String realm;
    private final MetaAccess access;
    private final LocalPublisher publisher;
    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);

    public MetaEvents(String realm, MetaAccess access, LocalPublisher publisher) {
        this.realm = realm;
        this.access = access;
        this.publisher = publisher;
    }

    void joined(SessionDetails session) {
        long id = session.identity().session();
        publish(ON_JOIN, () -> List.of(SessionDict.of(session)), id);
    }

    void left(Identity session) {
        publish(ON_LEAVE, () -> List.of(session.session(), session.authid(), session.authrole()), session.session());
    }

    @Override
    public void added(Registration registration, CalleeEntry callee, boolean first) {
        if (first) {
            tell(
                    ON_CREATE,
                    () -> List.of(
                            callee.session(), EntryDict.of(registration, callee.invoke(), registration.created())),
                    callee);
        }
        tell(ON_REGISTER, () -> List.of(callee.session(), callee.registration()), callee);
    }

    @Override
    public void removed(Registration registration, CalleeEntry callee, boolean last) {
        List<Long> args = List.of(callee.session(), callee.registration());
        tell(ON_UNREGISTER, () -> args, callee);
        if (last) {
            tell(ON_DELETE, () -> args, callee);
        }
    }

    private void tell(String topic, Supplier<List<?>> args, CalleeEntry callee) {
        publish(topic, args, callee.session(), callee.registration(), callee.term(), callee.order());
    }

    /** @param about what tells this event from all others on its topic */
    void publish(String topic, Supplier<List<?>> args, long... about) {
        if (!access.mayRead()) {
            return;
        }
        // The serializer is not thread-safe; the publisher lets one at a time make its event.
        publisher.publish(
                topic,
                () -> new Publication(
                        PublicationIds.of(topic, realm, about),
                        EventDetails.DEFAULT,
                        null,
                        serializer.payload(args.get(), null)));
    }
}
