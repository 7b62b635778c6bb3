package dev.weft.meta;

import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedKill;
import dev.weft.session.Session;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampUri;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The session meta procedures of one realm on one event loop ("Session Meta API"). They speak of all sessions of the
 * cluster: what they tell is in the mirror of this node, and whom they end is reached over the lane of its session.
 * Belongs to its event loop.
 */
public final class SessionMetaApi {
    private static final String REASON = "reason";
    private static final String MESSAGE = "message";

    private final String realm;
    private final MetaAccess access;
    private final boolean strictUris;
    private final SessionTable sessions;
    private final LocalLane lane;

    public SessionMetaApi(String realm, MetaAccess access, boolean strictUris, SessionTable sessions, LocalLane lane) {
        this.realm = realm;
        this.access = access;
        this.strictUris = strictUris;
        this.sessions = sessions;
        this.lane = lane;
    }

    /** Null if there is no such procedure. */
    @Nullable
    MetaAnswer answer(String procedure, MetaArguments arguments, Session caller) {
        if (!access.mayRead()) {
            return null;
        }
        return switch (procedure) {
            case "wamp.session.count" -> filtered(arguments, found -> MetaAnswer.of((long) found.size()));
            case "wamp.session.list" -> filtered(arguments, found -> MetaAnswer.of(ids(found)));
            case "wamp.session.get" -> get(arguments);
            case "wamp.session.kill" -> kill(arguments, caller);
            case "wamp.session.kill_by_authid" -> killByAuthid(arguments, caller);
            case "wamp.session.kill_by_authrole" -> killByAuthrole(arguments, caller);
            case "wamp.session.kill_all" -> killAll(arguments, caller);
            default -> null;
        };
    }

    private static List<Long> ids(List<SessionEntry> entries) {
        return entries.stream().map(SessionEntry::id).toList();
    }

    private List<SessionEntry> all(Predicate<SessionEntry> wanted) {
        List<SessionEntry> found = new ArrayList<>();
        for (SessionEntry entry : sessions.all()) {
            if (wanted.test(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    private MetaAnswer filtered(MetaArguments arguments, Function<List<SessionEntry>, MetaAnswer> answer) {
        if (arguments.arg(0) == null) {
            return answer.apply(all(any -> true));
        }
        List<String> roles = MetaArguments.listOf(String.class, arguments.arg(0));
        return roles == null
                ? MetaAnswer.invalid("filter_authroles is no list of strings")
                : answer.apply(
                        all(entry -> roles.contains(entry.details().identity().authrole())));
    }

    private MetaAnswer get(MetaArguments arguments) {
        Long session = arguments.id(0);
        if (session == null) {
            return MetaAnswer.invalid("session is no id");
        }
        SessionEntry entry = sessions.get(session);
        return entry == null ? noSuchSession(session) : MetaAnswer.of(SessionDict.of(entry.details()));
    }

    static MetaAnswer noSuchSession(long session) {
        return new MetaAnswer.Refused(WampError.NO_SUCH_SESSION, "there is no other session " + session);
    }

    private MetaAnswer kill(MetaArguments arguments, Session caller) {
        MetaAnswer refused = refusal(arguments);
        Long session = arguments.id(0);
        if (refused != null) {
            return refused;
        }
        if (session == null) {
            return MetaAnswer.invalid("session is no id");
        }
        SessionEntry entry = session == caller.id() ? null : sessions.get(session);
        if (entry == null) {
            return noSuchSession(session);
        }
        kill(entry, arguments);
        return new MetaAnswer.Values(List.of());
    }

    private MetaAnswer killByAuthid(MetaArguments arguments, Session caller) {
        String authid = arguments.text(0);
        if (access.mayKill() && authid == null) {
            return MetaAnswer.invalid("authid is no string");
        }
        return killEach(
                arguments,
                caller,
                entry -> entry.details().identity().authid().equals(authid),
                killed -> MetaAnswer.of(ids(killed)));
    }

    private MetaAnswer killByAuthrole(MetaArguments arguments, Session caller) {
        String authrole = arguments.text(0);
        if (access.mayKill() && authrole == null) {
            return MetaAnswer.invalid("authrole is no string");
        }
        return killEach(
                arguments,
                caller,
                entry -> entry.details().identity().authrole().equals(authrole),
                killed -> MetaAnswer.of((long) killed.size()));
    }

    private MetaAnswer killAll(MetaArguments arguments, Session caller) {
        return killEach(arguments, caller, any -> true, killed -> MetaAnswer.of((long) killed.size()));
    }

    private MetaAnswer killEach(
            MetaArguments arguments,
            Session caller,
            Predicate<SessionEntry> wanted,
            Function<List<SessionEntry>, MetaAnswer> answer) {
        MetaAnswer refused = refusal(arguments);
        if (refused != null) {
            return refused;
        }
        List<SessionEntry> killed = all(entry -> entry.id() != caller.id() && wanted.test(entry));
        killed.forEach(entry -> kill(entry, arguments));
        return answer.apply(killed);
    }

    /** Why nobody is ended, or null. */
    private @Nullable MetaAnswer refusal(MetaArguments arguments) {
        if (!access.mayKill()) {
            return new MetaAnswer.Refused(
                    WampError.NOT_AUTHORIZED, "in this realm sessions do not end each other (meta-api: read)");
        }
        Object reason = arguments.kwargs().get(REASON);
        if (reason != null && !(reason instanceof String uri && WampUri.isValid(uri, strictUris, MatchPolicy.EXACT))) {
            return new MetaAnswer.Refused(WampError.INVALID_URI, "reason is no valid URI");
        }
        Object message = arguments.kwargs().get(MESSAGE);
        return message == null || message instanceof String ? null : MetaAnswer.invalid("message is no string");
    }

    private void kill(SessionEntry entry, MetaArguments arguments) {
        Object reason = arguments.kwargs().get(REASON);
        Object message = arguments.kwargs().get(MESSAGE);
        RoutedKill kill = new RoutedKill(
                realm,
                entry.loop(),
                entry.id(),
                reason == null ? WampError.CLOSE_KILLED.uri() : (String) reason,
                (String) message);
        entry.lane().send(kill, lane);
    }
}
