package dev.weft.meta;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMembers;
import dev.weft.session.Session;
import dev.weft.wamp.Call;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.WampError;
import java.util.function.Consumer;

/**
 * The procedures of the router itself, of one realm on one event loop: all whose URI begins with {@code wamp}, whatever
 * clients have registered. Belongs to its event loop.
 */
public final class MetaApi {
    private final SessionMetaApi sessions;
    private final TestamentMetaApi testaments;
    private final SubscriptionMetaApi subscriptions;
    private final RegistrationMetaApi registrations;
    private final MetaDirectory directory;
    private final LocalLane lane;

    public MetaApi(
            SessionMetaApi sessions,
            TestamentMetaApi testaments,
            SubscriptionMetaApi subscriptions,
            RegistrationMetaApi registrations,
            MetaDirectory directory,
            LocalLane lane) {
        this.sessions = sessions;
        this.testaments = testaments;
        this.subscriptions = subscriptions;
        this.registrations = registrations;
        this.directory = directory;
        this.lane = lane;
    }

    /** CALL; answered with one RESULT or ERROR. */
    public void call(MetaCaller caller, Call call) {
        Session session = caller.session();
        MetaArguments arguments =
                MetaArguments.of(call.payload(), session.connection().serializer());
        long request = call.request();
        if (testaments.serve(call.procedure(), arguments, caller, answer -> respond(session, request, answer))) {
            return;
        }
        // The caller may ask for itself, right after WELCOME.
        directory.afterOwnChanges(lane, () -> {
            if (session.isOpen()) {
                answer(caller, call.procedure(), arguments, answer -> respond(session, request, answer));
            }
        });
    }

    /** Whether the realm keeps events for those who ask. */
    public boolean keepsHistory() {
        return subscriptions.histories().isOpen();
    }

    private void answer(MetaCaller caller, String procedure, MetaArguments arguments, Consumer<MetaAnswer> answer) {
        if (subscriptions.histories().serve(procedure, arguments, caller, answer)
                || subscriptions.serve(procedure, arguments, answer)
                || registrations.serve(procedure, arguments, answer)) {
            return;
        }
        MetaAnswer told = sessions.answer(procedure, arguments, caller.session());
        answer.accept(told == null ? none(procedure) : told);
    }

    /** An answer to a question of this event loop. */
    public void told(RoutedMembers members, Lane from) {
        subscriptions.questions().told(members, from);
    }

    /** Nobody behind the lane answers any more. */
    public void laneDown(Lane down) {
        subscriptions.questions().laneDown(down);
    }

    private static MetaAnswer none(String procedure) {
        return new MetaAnswer.Refused(WampError.NO_SUCH_PROCEDURE, "the router has no procedure " + procedure);
    }

    private static void respond(Session session, long request, MetaAnswer answer) {
        if (!session.isOpen()) {
            return;
        }
        if (answer instanceof MetaAnswer.Refused refused) {
            session.refuse(MessageType.CALL, request, refused.error(), refused.message());
        } else if (answer instanceof MetaAnswer.Values values
                && !session.trySend(new Result(
                        request,
                        ResultDetails.DEFAULT,
                        session.connection().serializer().payload(values.args(), null)))) {
            session.refuse(
                    MessageType.CALL,
                    request,
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    "the result is longer than the caller's transport accepts");
        }
    }
}
