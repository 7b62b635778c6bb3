package dev.weft.meta;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.Testament;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.Feature;
import dev.weft.session.GlobalIds;
import dev.weft.session.Session;
import dev.weft.session.Standing;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.TestamentScope;
import dev.weft.wamp.WampError;
import dev.weft.wamp.WampUri;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The procedures by which a session leaves something to be published when it ends, on one event loop ("Testament").
 * Answered when every live node has it, so that it is published even if this node dies. Belongs to its event loop.
 */
public final class TestamentMetaApi {
    private static final int MOST = 10;
    private static final int MOST_BYTES = 64 << 10;
    private static final MetaAnswer NOTHING = new MetaAnswer.Values(List.of());

    private final String realm;
    private final boolean strictUris;
    private final MetaDirectory directory;
    private final GlobalIds publications;
    private final LocalLane lane;
    private final DisclosurePolicy disclosure;

    public TestamentMetaApi(
            String realm,
            boolean strictUris,
            MetaDirectory directory,
            GlobalIds publications,
            LocalLane lane,
            DisclosurePolicy disclosure) {
        this.realm = realm;
        this.strictUris = strictUris;
        this.directory = directory;
        this.publications = publications;
        this.lane = lane;
        this.disclosure = disclosure;
    }

    /** Whether it is one of these procedures; then {@code answer} is called once, unless the session ends before. */
    boolean serve(String procedure, MetaArguments arguments, MetaCaller caller, Consumer<MetaAnswer> answer) {
        switch (procedure) {
            case "wamp.session.add_testament" -> add(arguments, caller, answer);
            case "wamp.session.flush_testaments" -> flush(arguments, caller, answer);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(MetaArguments arguments, MetaCaller caller, Consumer<MetaAnswer> answer) {
        TestamentScope scope = scope(arguments);
        Object options = arguments.kwargs().getOrDefault("publish_options", Map.of());
        String fault = fault(arguments, scope, options);
        if (scope == null || fault != null) {
            answer.accept(MetaAnswer.invalid(String.valueOf(fault)));
            return;
        }
        String topic = String.valueOf(arguments.text(0));
        TestamentOptions wanted = TestamentOptions.of(options instanceof Map<?, ?> dict ? dict : Map.of());
        Session session = caller.session();
        Standing standing = disclosure.ofPublisher(session.identity(), topic);
        MetaAnswer refusal = refusal(caller, topic, wanted, standing);
        if (refusal != null) {
            answer.accept(refusal);
            return;
        }
        Payload payload = payload(arguments, session);
        if (caller.testaments() >= MOST || payload.length() > MOST_BYTES) {
            answer.accept(new MetaAnswer.Refused(
                    WampError.LIMIT_EXCEEDED,
                    "a session may have " + MOST + " testaments, of " + MOST_BYTES + " bytes each"));
            return;
        }
        caller.added(scope);
        Testament testament = new Testament(
                publications.next(),
                topic,
                wanted.retain(),
                standing.discloses(wanted.discloseMe()) ? session.identity() : null,
                wanted.ppt(),
                wanted.receivers(),
                payload);
        directory.addTestament(realm, session.id(), scope, testament, lane, () -> answer.accept(NOTHING));
    }

    /** What a publication of the session would be refused for, too. */
    private @Nullable MetaAnswer refusal(MetaCaller caller, String topic, TestamentOptions wanted, Standing standing) {
        if (!WampUri.isValid(topic, strictUris, MatchPolicy.EXACT) || WampUri.isReserved(topic)) {
            return new MetaAnswer.Refused(WampError.INVALID_URI, "nobody may publish to " + topic);
        }
        if (!caller.mayPublish(topic)) {
            return new MetaAnswer.Refused(WampError.NOT_AUTHORIZED, "the session may not publish to " + topic);
        }
        if (wanted.fault() != null) {
            return MetaAnswer.invalid("publish_options: " + wanted.fault());
        }
        if (standing.refuses(wanted.discloseMe())) {
            return new MetaAnswer.Refused(
                    WampError.DISCLOSE_ME_DISALLOWED, "publishers are not disclosed to the subscribers of " + topic);
        }
        if (wanted.ppt() != null && !caller.session().supports(Feature.PUBLISHER_PAYLOAD_PASSTHRU_MODE)) {
            return new MetaAnswer.Refused(
                    WampError.FEATURE_NOT_SUPPORTED, "the client has not announced payload_passthru_mode");
        }
        return null;
    }

    private static @Nullable String fault(
            MetaArguments arguments, @Nullable TestamentScope scope, @Nullable Object options) {
        if (arguments.text(0) == null) {
            return "topic is no string";
        }
        if (arguments.arg(1) != null && !(arguments.arg(1) instanceof List<?>)) {
            return "args is no list";
        }
        if (arguments.arg(2) != null && !(arguments.arg(2) instanceof Map<?, ?>)) {
            return "kwargs is no dict";
        }
        if (options != null && !(options instanceof Map<?, ?>)) {
            return "publish_options is no dict";
        }
        return scope == null ? "scope is neither destroyed nor detached" : null;
    }

    @SuppressWarnings("unchecked")
    private static Payload payload(MetaArguments arguments, Session session) {
        return session.connection().serializer().payload((List<Object>) arguments.arg(1), (Map<String, Object>)
                arguments.arg(2));
    }

    private void flush(MetaArguments arguments, MetaCaller caller, Consumer<MetaAnswer> answer) {
        TestamentScope scope = scope(arguments);
        if (scope == null) {
            answer.accept(MetaAnswer.invalid("scope is neither destroyed nor detached"));
            return;
        }
        caller.flushed(scope);
        long session = caller.session().id();
        directory.flushTestaments(realm, session, scope, lane, () -> answer.accept(NOTHING));
    }

    /** Null if there is no such scope. */
    private static @Nullable TestamentScope scope(MetaArguments arguments) {
        Object scope = arguments.kwargs().get("scope");
        if (scope == null || scope.equals("destroyed")) {
            return TestamentScope.DESTROYED;
        }
        return scope.equals("detached") ? TestamentScope.DETACHED : null;
    }
}
