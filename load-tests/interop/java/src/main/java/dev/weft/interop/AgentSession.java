package dev.weft.interop;

import io.crossbar.autobahn.wamp.Client;
import io.crossbar.autobahn.wamp.Session;
import io.crossbar.autobahn.wamp.auth.ChallengeResponseAuth;
import io.crossbar.autobahn.wamp.auth.TicketAuth;
import io.crossbar.autobahn.wamp.exceptions.ApplicationError;
import io.crossbar.autobahn.wamp.interfaces.IAuthenticator;
import io.crossbar.autobahn.wamp.interfaces.ITransport;
import io.crossbar.autobahn.wamp.interfaces.TriConsumer;
import io.crossbar.autobahn.wamp.interfaces.TriFunction;
import io.crossbar.autobahn.wamp.reflectionRoles.WampException;
import io.crossbar.autobahn.wamp.types.CallOptions;
import io.crossbar.autobahn.wamp.types.EventDetails;
import io.crossbar.autobahn.wamp.types.InvocationDetails;
import io.crossbar.autobahn.wamp.types.InvocationResult;
import io.crossbar.autobahn.wamp.types.Publication;
import io.crossbar.autobahn.wamp.types.PublishOptions;
import io.crossbar.autobahn.wamp.types.RegisterOptions;
import io.crossbar.autobahn.wamp.types.Registration;
import io.crossbar.autobahn.wamp.types.SubscribeOptions;
import io.crossbar.autobahn.wamp.types.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** One session of autobahn-java, and what a command asks for done with it. */
final class AgentSession {

    private final Map<String, Object> opening;
    private final Consumer<Map<String, Object>> say;
    private final Values values;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(AgentSession::daemon);
    private final Session session = new Session(executor);
    private final CompletableFuture<Map<String, Object>> left = new CompletableFuture<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();

    AgentSession(Map<String, Object> opening, Consumer<Map<String, Object>> say) {
        this.opening = opening;
        this.say = say;
        this.values = new Values(opening.get("serializer").equals("json"));
    }

    CompletableFuture<Map<String, Object>> open() {
        CompletableFuture<Map<String, Object>> joined = new CompletableFuture<>();
        session.addOnJoinListener((ignored, details) -> joined.complete(Map.of())); // authid and authrole are null
        session.addOnLeaveListener(
                (ignored, details) -> joined.completeExceptionally(new ApplicationError(details.reason)));
        session.addOnDisconnectListener((ignored, clean) -> {
            joined.completeExceptionally(new IllegalStateException("disconnected before it had a session"));
            left.complete(Map.of());
        });
        ITransport transport = new SettledWebSocket(
                (String) opening.get("url"), List.of("wamp.2." + opening.get("serializer")), executor);
        Client client = new Client(transport, executor);
        if (opening.get("login") instanceof Map<?, ?> login) {
            client.add(session, (String) opening.get("realm"), List.of(authenticator(login)));
        } else {
            client.add(session, (String) opening.get("realm"));
        }
        client.connect().exceptionally(failure -> {
            joined.completeExceptionally(failure);
            return null;
        });
        return joined;
    }

    private static IAuthenticator authenticator(Map<?, ?> login) {
        String authid = (String) login.get("authid");
        String secret = (String) login.get("secret");
        return login.get("method").equals("ticket")
                ? new TicketAuth(authid, secret)
                : new ChallengeResponseAuth(authid, secret);
    }

    CompletableFuture<Map<String, Object>> perform(Map<String, Object> command) {
        return switch ((String) command.get("op")) {
            case "subscribe" -> subscribe(command);
            case "unsubscribe" -> session.unsubscribe(subscriptions.remove(tag(command))).thenApply(done -> Map.of());
            case "publish" -> publish(command);
            case "register" -> register(command);
            case "unregister" -> session.unregister(registrations.remove(tag(command))).thenApply(done -> Map.of());
            case "call" -> call(command);
            case "close" -> close();
            default -> CompletableFuture.failedFuture(new IllegalArgumentException("no operation " + command));
        };
    }

    Map<String, Object> payload(List<Object> args, Map<String, Object> kwargs) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("args", values.toAnswer(args == null ? List.of() : args));
        payload.put("kwargs", values.toAnswer(kwargs == null ? Map.of() : kwargs));
        return payload;
    }

    private CompletableFuture<Map<String, Object>> subscribe(Map<String, Object> command) {
        TriConsumer<List<Object>, Map<String, Object>, EventDetails> handler = (args, kwargs, details) -> {
            Map<String, Object> line = payload(args, kwargs);
            line.put("event", tag(command));
            line.put("topic", details.topic);
            say.accept(line);
        };
        SubscribeOptions options = new SubscribeOptions((String) option(command, "match", null), true, false);
        return session.subscribe((String) command.get("topic"), handler, options).thenApply(subscription -> {
            subscriptions.put(tag(command), subscription);
            return Map.of();
        });
    }

    private CompletableFuture<Map<String, Object>> publish(Map<String, Object> command) {
        boolean acknowledge = (Boolean) option(command, "acknowledge", false);
        boolean excludeMe = (Boolean) option(command, "exclude_me", true);
        PublishOptions options = new PublishOptions(acknowledge, excludeMe);
        CompletableFuture<Publication> published =
                session.publish((String) command.get("topic"), args(command), kwargs(command), options);
        if (!acknowledge) {
            return CompletableFuture.completedFuture(Map.of("acknowledged", false)); // the client completes it never
        }
        return published.thenApply(publication -> Map.of("acknowledged", publication != null));
    }

    private CompletableFuture<Map<String, Object>> register(Map<String, Object> command) {
        TriFunction<List<Object>, Map<String, Object>, InvocationDetails, CompletableFuture<InvocationResult>> handler =
                (args, kwargs, details) -> behave(command, args, kwargs);
        RegisterOptions options = new RegisterOptions(
                (String) option(command, "match", RegisterOptions.MATCH_EXACT),
                (String) option(command, "invoke", RegisterOptions.INVOKE_SINGLE));
        return session.register((String) command.get("procedure"), handler, options).thenApply(registration -> {
            registrations.put(tag(command), registration);
            return Map.of();
        });
    }

    private CompletableFuture<Map<String, Object>> call(Map<String, Object> command) {
        return session.call((String) command.get("procedure"), args(command), kwargs(command), new CallOptions(0))
                .thenApply(result -> payload(result.results, result.kwresults));
    }

    private CompletableFuture<Map<String, Object>> close() {
        executor.execute(session::leave); // it remembers that it leaves after it has sent GOODBYE
        return left;
    }

    @SuppressWarnings("unchecked")
    private List<Object> args(Map<String, Object> command) {
        return (List<Object>) values.fromCommand(command.get("args"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> kwargs(Map<String, Object> command) {
        return (Map<String, Object>) values.fromCommand(command.get("kwargs"));
    }

    private static Object option(Map<String, Object> command, String name, Object otherwise) {
        Map<?, ?> options = (Map<?, ?>) command.getOrDefault("options", Map.of());
        Object option = options.get(name);
        return option == null ? otherwise : option;
    }

    private static String tag(Map<String, Object> command) {
        return (String) command.get("tag");
    }

    /** The client hands null on for what is absent, sends no answer for null, and one error only: WampException. */
    private static CompletableFuture<InvocationResult> behave(
            Map<String, Object> command, List<Object> args, Map<String, Object> kwargs) {
        List<Object> list = args == null ? List.of() : args;
        Map<String, Object> map = kwargs == null ? Map.of() : kwargs;
        return switch ((String) command.get("behaviour")) {
            case "echo" -> CompletableFuture.completedFuture(new InvocationResult(list, map));
            case "fail" -> CompletableFuture.failedFuture(
                    new WampException((String) command.get("uri"), Map.of(), list, map));
            default -> CompletableFuture.completedFuture(new InvocationResult((Object) tag(command)));
        };
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "agent-session");
        thread.setDaemon(true);
        return thread;
    }
}
