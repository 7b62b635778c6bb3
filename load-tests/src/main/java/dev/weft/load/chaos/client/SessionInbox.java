package dev.weft.load.chaos.client;

import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.History;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Published;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.util.List;
import java.util.Map;

/** What a session receives: into the history, then to whose session it is. */
final class SessionInbox {
    static final String GAP_TOPIC = "weft.gap";

    private static final long NONE = -1;
    private static final String NODE = "node-";

    private final Session session;
    private final History history;
    private final SessionListener listener;
    private long gapRequest = NONE;
    private long gapSubscription = NONE;

    SessionInbox(Session session, History history, SessionListener listener) {
        this.session = session;
        this.history = history;
        this.listener = listener;
    }

    void expectGaps(long request) {
        gapRequest = request;
    }

    void receive(WampMessage message) {
        switch (message.type()) {
            case WELCOME -> session.opened(((Welcome) message).session());
            case ABORT, GOODBYE -> session.close();
            case SUBSCRIBED -> receiveSubscribed((Subscribed) message);
            case UNSUBSCRIBED -> receiveUnsubscribed((Unsubscribed) message);
            case PUBLISHED -> receivePublished((Published) message);
            case EVENT -> receiveEvent((Event) message);
            case REGISTERED -> receiveRegistered((Registered) message);
            case UNREGISTERED -> receiveUnregistered((Unregistered) message);
            case RESULT -> receiveResult((Result) message);
            case ERROR -> receiveError((ErrorMessage) message);
            case INVOCATION -> receiveInvocation((Invocation) message);
            case INTERRUPT -> receiveInterrupt((Interrupt) message);
            default -> throw new IllegalStateException("a router sends no " + message.type());
        }
    }

    private void receiveSubscribed(Subscribed message) {
        if (message.request() == gapRequest) {
            gapSubscription = message.subscription();
            return;
        }
        history.add(new Entry.Subscribed(now(), number(), message.request(), message.subscription()));
        listener.subscribed(message.request(), message.subscription());
    }

    private void receiveUnsubscribed(Unsubscribed message) {
        history.add(new Entry.Unsubscribed(now(), number(), message.request()));
        listener.unsubscribed(message.request());
    }

    private void receivePublished(Published message) {
        history.add(new Entry.Published(now(), number(), message.request(), message.publication()));
    }

    private void receiveEvent(Event message) {
        if (message.subscription() == gapSubscription) {
            receiveGap(session.kwargs(message.payload()));
            return;
        }
        List<Object> args = session.args(message.payload());
        int publisher = (int) longAt(args, 0);
        long publication = longAt(args, 1);
        history.add(new Entry.EventReceived(
                now(), number(), message.subscription(), message.publication(), publisher, publication));
        listener.event(message.subscription(), publisher, publication);
    }

    /** The node is named by its name, which may be followed by more. */
    private void receiveGap(Map<String, Object> notice) {
        String name = String.valueOf(notice.get("node"));
        int digits = NODE.length();
        int end = digits;
        while (end < name.length() && Character.isDigit(name.charAt(end))) {
            end++;
        }
        int node = Integer.parseInt(name.substring(digits, end)) - 1;
        history.add(new Entry.GapTold(now(), number(), node, "open".equals(notice.get("state"))));
    }

    private void receiveRegistered(Registered message) {
        history.add(new Entry.Registered(now(), number(), message.request(), message.registration()));
        listener.registered(message.request(), message.registration());
    }

    private void receiveUnregistered(Unregistered message) {
        if (message.revoked() != null) {
            history.add(new Entry.Revoked(now(), number(), message.revoked().id()));
            listener.revoked(message.revoked().id());
            return;
        }
        history.add(new Entry.Unregistered(now(), number(), message.request()));
        listener.unregistered(message.request());
    }

    private void receiveResult(Result message) {
        boolean progress = message.details().progress();
        long value = longAt(session.args(message.payload()), 0);
        history.add(new Entry.ResultReceived(now(), number(), message.request(), progress, value));
        if (progress) {
            listener.progress(message.request());
        } else {
            listener.callEnded(message.request(), "");
        }
    }

    private void receiveError(ErrorMessage message) {
        if (message.requestType() == MessageType.CALL) {
            history.add(new Entry.CallFailed(now(), number(), message.request(), message.error()));
            listener.callEnded(message.request(), message.error());
            return;
        }
        history.add(new Entry.Refused(now(), number(), message.request(), message.requestType(), message.error()));
        listener.refused(message.request(), message.requestType(), message.error());
    }

    private void receiveInvocation(Invocation message) {
        List<Object> args = session.args(message.payload());
        long call = longAt(args, 1);
        history.add(new Entry.Invoked(
                now(), number(), message.request(), message.registration(), (int) longAt(args, 0), call));
        listener.invoked(message.request(), Task.of(args), call);
    }

    private void receiveInterrupt(Interrupt message) {
        history.add(new Entry.Interrupted(now(), number(), message.request()));
        listener.interrupted(message.request());
    }

    private int number() {
        return session.number();
    }

    private static long now() {
        return Session.now();
    }

    private static long longAt(List<Object> args, int index) {
        return ((Number) args.get(index)).longValue();
    }
}
